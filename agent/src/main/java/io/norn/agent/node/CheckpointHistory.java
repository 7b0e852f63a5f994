package io.norn.agent.node;

import io.norn.clock.StreamId;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Earlier checkpoints, for a server that comes back with older data: which of them was good when
 * the server was where it is again. Dense for the last minutes, sparse before. Not thread-safe.
 */
public final class CheckpointHistory {
  private static final int MAX_ENTRIES = 64;
  private static final String HEAD = "at ";

  private final SmallFile file;
  private final List<Entry> entries = new ArrayList<>();

  /**
   * One of them.
   *
   * @param stream the own stream when it was written
   * @param offset how far that was read then
   * @param checkpoint from where the window of that place can be built
   */
  private record Entry(StreamId stream, long offset, Checkpoint checkpoint) {
    String encode() {
      String head = HEAD + stream.node() + " " + stream.stream() + " " + offset + "\n";
      return head + checkpoint.encode();
    }

    static Entry decode(String text) {
      int line = text.indexOf('\n');
      String[] words = text.substring(0, line).split(" ", -1);
      return new Entry(
          new StreamId(words[0], words[1]),
          Long.parseLong(words[2]),
          Checkpoint.decode(text.substring(line + 1)));
    }
  }

  private CheckpointHistory(SmallFile file) {
    this.file = file;
  }

  /** What a file holds; a damaged one counts as empty. */
  public static CheckpointHistory read(SmallFile file) throws IOException {
    CheckpointHistory history = new CheckpointHistory(file);
    String text = "\n" + file.read().orElse("");
    try {
      for (String part : text.split("\n" + HEAD, -1)) {
        if (!part.isBlank()) {
          history.entries.add(Entry.decode(part));
        }
      }
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      history.entries.clear();
    }
    return history;
  }

  /**
   * Adds one.
   *
   * @param stream the own stream
   * @param offset how far it is read
   */
  public void add(StreamId stream, long offset, Checkpoint checkpoint) throws IOException {
    entries.add(new Entry(stream, offset, checkpoint));
    if (entries.size() > MAX_ENTRIES) {
      thin();
    }
    StringBuilder text = new StringBuilder();
    entries.forEach(entry -> text.append(entry.encode()));
    file.write(text.toString());
  }

  /** Every second one of the older half goes; the first of a stream stays. */
  private void thin() {
    for (int i = MAX_ENTRIES / 2; i > 0; i -= 2) {
      if (entries.get(i).stream().equals(entries.get(i - 1).stream())) {
        entries.remove(i);
      }
    }
  }

  /** The last one that was written when no more than this was read of the stream. */
  public Optional<Checkpoint> before(StreamId stream, long offset) {
    Checkpoint found = null;
    for (Entry entry : entries) {
      if (entry.stream().equals(stream) && entry.offset() <= offset) {
        found = entry.checkpoint();
      }
    }
    return Optional.ofNullable(found);
  }

  /** Forgets all: another history begins, to which nothing leads. */
  public void clear() throws IOException {
    entries.clear();
    file.delete();
  }
}
