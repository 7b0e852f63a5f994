package io.norn.agent.node;

import io.norn.clock.StreamId;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.VersionVector;
import java.util.Map;
import java.util.TreeMap;

/**
 * A place in the own stream from which the window can be built again: nothing before it has to be
 * remembered.
 *
 * @param own the own stream
 * @param state reader's state there
 * @param applied version vector there
 * @param settledUpto place in the own stream up to which increments were accounted for
 * @param forgotten offsets up to which nothing was remembered any more when it was written, by
 *     stream
 */
public record Checkpoint(
    StreamId own,
    DecoderState state,
    VersionVector applied,
    long settledUpto,
    Map<StreamId, Long> forgotten) {
  private static final String FORMAT = "norn-checkpoint 1";
  private static final String FORGOTTEN = "forgotten";

  /** A place of which nothing else is known. */
  public static Checkpoint at(
      StreamId own, DecoderState state, VersionVector applied, long settledUpto) {
    return new Checkpoint(own, state, applied, settledUpto, Map.of());
  }

  /** The same place when increments were accounted for, and all was forgotten, up to later ones. */
  public Checkpoint later(long settled, Map<StreamId, Long> forgottenUpto) {
    return new Checkpoint(own, state, applied, settled, Map.copyOf(forgottenUpto));
  }

  /** As text, a line for each fact. */
  public String encode() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append(line(own, state.asProgress(settledUpto)));
    new TreeMap<>(applied.entries()).forEach((stream, at) -> text.append(line(stream, at)));
    new TreeMap<>(forgotten).forEach((stream, upto) -> text.append(line(stream, upto)));
    return text.toString();
  }

  private static String line(StreamId stream, Progress at) {
    return String.join(
            " ",
            stream.node(),
            stream.stream(),
            Long.toString(at.offset()),
            Long.toString(at.largest()),
            Integer.toString(at.db()),
            Long.toString(at.batch()))
        + "\n";
  }

  private static String line(StreamId stream, long upto) {
    return String.join(" ", FORGOTTEN, stream.node(), stream.stream(), Long.toString(upto)) + "\n";
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the text is none of it
   */
  public static Checkpoint decode(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 2 || !lines[0].equals(FORMAT)) {
      throw new IllegalArgumentException("not a checkpoint of this version");
    }
    Map<StreamId, Progress> applied = new TreeMap<>();
    Map<StreamId, Long> forgotten = new TreeMap<>();
    for (int i = 2; i < lines.length; i++) {
      if (lines[i].startsWith(FORGOTTEN + " ")) {
        readForgotten(lines[i], forgotten);
      } else if (!lines[i].isBlank()) {
        applied.put(streamOf(lines[i]), progressOf(lines[i]));
      }
    }
    Progress start = progressOf(lines[1]);
    return new Checkpoint(
        streamOf(lines[1]),
        DecoderState.of(start),
        VersionVector.of(applied),
        start.batch(),
        forgotten);
  }

  private static void readForgotten(String line, Map<StreamId, Long> into) {
    String[] words = words(line, 4);
    into.put(new StreamId(words[1], words[2]), Long.parseLong(words[3]));
  }

  private static StreamId streamOf(String line) {
    String[] words = words(line, 6);
    return new StreamId(words[0], words[1]);
  }

  private static Progress progressOf(String line) {
    String[] words = words(line, 6);
    return new Progress(
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Integer.parseInt(words[4]),
        Long.parseLong(words[5]));
  }

  private static String[] words(String line, int count) {
    String[] words = line.split(" ", -1);
    if (words.length != count) {
      throw new IllegalArgumentException("damaged line '" + line + "'");
    }
    return words;
  }
}
