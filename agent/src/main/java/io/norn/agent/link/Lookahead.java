package io.norn.agent.link;

import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.stream.StreamDecoder;
import io.norn.stream.Tick;
import io.norn.stream.TickFinder;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads ahead in a journal for the ticks that cover what a decoder holds back. They may stand
 * behind more than fits in memory, so what is between is read here, let go, and read again when
 * there is room for it.
 */
final class Lookahead implements Closeable {
  /** So much a decoder may hold back before its reader only looks ahead. */
  static final long MAX_HELD_BYTES = 4 << 20;

  private final JournalReader reader;
  private final CommandFramer framer;
  private final TickFinder finder;

  /**
   * Begins where a decoder stopped.
   *
   * @param position end of the last command that the decoder took
   */
  Lookahead(Journal journal, StreamId stream, long position, StreamDecoder decoder)
      throws IOException {
    this.reader = journal.reader(stream.stream(), position);
    this.framer = new CommandFramer(position, RespLimits.DEFAULT);
    this.finder = new TickFinder(decoder.isInTransaction());
  }

  /** The ticks in the next piece of the journal; null if there is no more now. */
  List<Tick> next() throws IOException {
    JournalEntry entry = reader.next();
    if (entry == null) {
      return null;
    }
    List<Tick> ticks = new ArrayList<>();
    framer.feed(entry.bytes(), 0, entry.bytes().length);
    while (framer.next()) {
      Tick tick = finder.accept(framer.command(), framer.endOffset());
      if (tick != null) {
        ticks.add(tick);
      }
    }
    return ticks;
  }

  /** End of the last command that was looked at. */
  long position() {
    return framer.endOffset();
  }

  /** Waits until there is more. */
  void await(long timeoutMillis) throws InterruptedException {
    reader.await(timeoutMillis);
  }

  @Override
  public void close() {
    reader.close();
  }
}
