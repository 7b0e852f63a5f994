package io.norn.agent.journals;

import io.norn.journal.Journal;
import io.norn.journal.JournalReader;
import io.norn.journal.StreamRange;
import java.io.IOException;

/**
 * What a journal of the agent holds of one stream, for who wants to go on with it from here.
 *
 * @param range name of the stream, and how much of it was held when this was made
 * @param replid id under which its primary goes on with it now; empty if it has ended there, or if
 *     that is not known
 * @param journal holds it
 */
public record ServedStream(StreamRange range, String replid, Journal journal) {

  /** The name by which agents ask for it. */
  public String name() {
    return range.stream();
  }

  /** True for a position in it, its end included. */
  public boolean holds(long offset) {
    return range.firstOffset() <= offset && offset <= range.endOffset();
  }

  /**
   * Reads it from a position on.
   *
   * @throws IOException if that is not held any more
   */
  public JournalReader from(long offset) throws IOException {
    return journal.reader(name(), offset);
  }

  /** True if the journal has left the stream for another one, and holds no more than this of it. */
  public boolean isOver(long offset) {
    StreamRange latest = journal.latest().orElse(range);
    return !latest.stream().equals(name()) && offset >= endNow();
  }

  private long endNow() {
    return journal.streams().stream()
        .filter(each -> each.stream().equals(name()))
        .mapToLong(StreamRange::endOffset)
        .max()
        .orElse(Long.MIN_VALUE);
  }
}
