package io.norn.stream;

import io.norn.clock.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The write that makes a transaction one of an agent: it moves the version vector on.
 *
 * @param instance the running agent that wrote it
 * @param batch its number, rising
 * @param advanced the entries of the version vector that it sets
 * @param purpose what the transaction is for
 */
public record Marker(
    String instance, long batch, Map<StreamId, Progress> advanced, Purpose purpose) {
  private static final String REPAIR_WORD = "repair";

  /** What a marked transaction is for. */
  public enum Purpose {
    /** It brings what the entries of the version vector stand for. */
    CHANGES,
    /** It puts right what earlier increments did. */
    REPAIR
  }

  /** One that brings changes. */
  public Marker(String instance, long batch, Map<StreamId, Progress> advanced) {
    this(instance, batch, advanced, Purpose.CHANGES);
  }

  /** True if it puts right what earlier increments did. */
  public boolean isRepair() {
    return purpose == Purpose.REPAIR;
  }

  /** The command, to be the first write of the transaction. */
  public byte[][] asWrite() {
    List<String> words =
        new ArrayList<>(List.of("HSET", Reserved.VECTOR_KEY, Reserved.BATCH_FIELD, text()));
    new TreeMap<>(advanced)
        .forEach(
            (stream, progress) -> {
              words.add(VersionVector.fieldOf(stream));
              words.add(progress.encode());
            });
    return words.stream().map(Text::bytes).toArray(byte[][]::new);
  }

  private String text() {
    return instance + " " + batch + (isRepair() ? " " + REPAIR_WORD : "");
  }

  /** Number of the batch that a value of {@link Reserved#BATCH_FIELD} names; 0 for none. */
  public static long batchOf(String text) {
    String[] words = text.split(" ", -1);
    return words.length < 2 ? 0 : Text.integer(Text.bytes(words[1])).orElse(0);
  }

  static boolean isMarker(byte[][] args) {
    return args.length >= 4 && Text.is(args[0], "HSET") && Reserved.isVectorKey(args[1]);
  }

  static Marker of(byte[][] args) {
    String last = "";
    Map<StreamId, Progress> advanced = new TreeMap<>();
    for (int i = 2; i + 1 < args.length; i += 2) {
      String field = Text.latin1(args[i]);
      String value = Text.latin1(args[i + 1]);
      StreamId stream = VersionVector.streamOf(field);
      Progress progress = stream == null ? null : Progress.decode(value);
      if (progress != null) {
        advanced.put(stream, progress);
      } else if (field.equals(Reserved.BATCH_FIELD)) {
        last = value;
      }
    }
    int blank = last.indexOf(' ');
    Purpose purpose = last.endsWith(" " + REPAIR_WORD) ? Purpose.REPAIR : Purpose.CHANGES;
    return new Marker(blank < 0 ? "" : last.substring(0, blank), batchOf(last), advanced, purpose);
  }
}
