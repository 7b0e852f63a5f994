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
 */
public record Marker(String instance, long batch, Map<StreamId, Progress> advanced) {
  /** The command, to be the first write of the transaction. */
  public byte[][] asWrite() {
    List<String> words =
        new ArrayList<>(
            List.of("HSET", Reserved.VECTOR_KEY, Reserved.BATCH_FIELD, instance + " " + batch));
    new TreeMap<>(advanced)
        .forEach(
            (stream, progress) -> {
              words.add(VersionVector.fieldOf(stream));
              words.add(progress.encode());
            });
    return words.stream().map(Text::bytes).toArray(byte[][]::new);
  }

  static boolean isMarker(byte[][] args) {
    return args.length >= 4 && Text.is(args[0], "HSET") && Reserved.isVectorKey(args[1]);
  }

  static Marker of(byte[][] args) {
    String instance = "";
    long batch = 0;
    Map<StreamId, Progress> advanced = new TreeMap<>();
    for (int i = 2; i + 1 < args.length; i += 2) {
      String field = Text.latin1(args[i]);
      String value = Text.latin1(args[i + 1]);
      StreamId stream = VersionVector.streamOf(field);
      Progress progress = stream == null ? null : Progress.decode(value);
      int blank = value.lastIndexOf(' ');
      if (progress != null) {
        advanced.put(stream, progress);
      } else if (field.equals(Reserved.BATCH_FIELD) && blank > 0) {
        instance = value.substring(0, blank);
        batch = Text.integer(Text.bytes(value.substring(blank + 1))).orElse(0);
      }
    }
    return new Marker(instance, batch, advanced);
  }
}
