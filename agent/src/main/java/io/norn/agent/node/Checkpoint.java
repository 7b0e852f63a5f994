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
 */
public record Checkpoint(
    StreamId own, DecoderState state, VersionVector applied, long settledUpto) {
  private static final String FORMAT = "norn-checkpoint 1";

  /** As text, a line for each fact. */
  public String encode() {
    StringBuilder text = new StringBuilder(FORMAT).append('\n');
    text.append(line(own, state.asProgress(settledUpto)));
    new TreeMap<>(applied.entries()).forEach((stream, at) -> text.append(line(stream, at)));
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
    for (int i = 2; i < lines.length; i++) {
      if (!lines[i].isBlank()) {
        applied.put(streamOf(lines[i]), progressOf(lines[i]));
      }
    }
    Progress start = progressOf(lines[1]);
    return new Checkpoint(
        streamOf(lines[1]), DecoderState.of(start), VersionVector.of(applied), start.batch());
  }

  private static StreamId streamOf(String line) {
    String[] words = words(line);
    return new StreamId(words[0], words[1]);
  }

  private static Progress progressOf(String line) {
    String[] words = words(line);
    return new Progress(
        Long.parseLong(words[2]),
        Long.parseLong(words[3]),
        Integer.parseInt(words[4]),
        Long.parseLong(words[5]));
  }

  private static String[] words(String line) {
    String[] words = line.split(" ", -1);
    if (words.length != 6) {
      throw new IllegalArgumentException("damaged line '" + line + "'");
    }
    return words;
  }
}
