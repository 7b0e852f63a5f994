package io.norn.agent.journals;

import io.norn.journal.Journal;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import io.norn.journal.StreamRange;
import io.norn.resp.CommandFramer;
import io.norn.resp.MalformedStreamException;
import io.norn.resp.RespLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * Reads the end of a journal. Where a command begins is only known at the journal's beginning, so
 * the first place is taken from where everything up to the end reads as commands.
 */
final class JournalTail {
  private static final int MAX_BYTES = 256 << 10;

  private final Journal journal;

  JournalTail(Journal journal) {
    this.journal = journal;
  }

  List<TailCommand> last(int count) throws IOException {
    Optional<StreamRange> latest = journal.latest();
    if (latest.isEmpty()) {
      return List.of();
    }
    StreamRange range = latest.get();
    long from = Math.max(range.firstOffset(), range.endOffset() - MAX_BYTES);
    byte[] bytes = read(range, from);
    boolean isWhole = from == range.firstOffset();
    for (int start = isWhole ? 0 : nextStart(bytes, 0);
        start >= 0;
        start = nextStart(bytes, start + 1)) {
      Optional<List<TailCommand>> commands = commands(bytes, start, from, count);
      if (commands.isPresent()) {
        return commands.get();
      }
    }
    return List.of();
  }

  private byte[] read(StreamRange range, long from) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JournalReader reader = journal.reader(range.stream(), from)) {
      JournalEntry entry = reader.next();
      while (entry != null && entry.end() <= range.endOffset()) {
        bytes.writeBytes(entry.bytes());
        entry = reader.next();
      }
    }
    return bytes.toByteArray();
  }

  /** The next line that begins like a command; -1 for none. */
  private static int nextStart(byte[] bytes, int from) {
    for (int i = from; i + 2 < bytes.length; i++) {
      boolean isLineBegin = i > 0 && bytes[i - 1] == '\n';
      if (isLineBegin && bytes[i] == '*' && Character.isDigit(bytes[i + 1])) {
        return i;
      }
    }
    return -1;
  }

  /** Empty if what stands there is not a command after all. */
  private static Optional<List<TailCommand>> commands(
      byte[] bytes, int start, long offset, int count) {
    CommandFramer framer = new CommandFramer(offset + start, RespLimits.DEFAULT);
    Deque<TailCommand> last = new ArrayDeque<>();
    try {
      framer.feed(bytes, start, bytes.length - start);
      while (framer.next()) {
        last.addLast(TailCommand.of(framer.endOffset(), framer.command()));
        if (last.size() > count) {
          last.removeFirst();
        }
      }
      return Optional.of(List.copyOf(last));
    } catch (MalformedStreamException e) {
      return Optional.empty();
    }
  }
}
