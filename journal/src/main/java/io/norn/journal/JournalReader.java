package io.norn.journal;

import java.io.Closeable;
import java.io.IOException;

/** Reads a journal in order, independent of all others; for one thread, closed by any. */
public interface JournalReader extends Closeable {
  /**
   * The next entry, or null when everything appended so far was read.
   *
   * @throws DamagedJournalException when the record on the disk is not what was appended
   * @throws JournalClosedException when the reader or its journal was closed
   */
  JournalEntry next() throws IOException;

  /**
   * Waits until there is something to read.
   *
   * @return false when there was nothing until the time was over, or the reader was closed
   */
  boolean await(long timeoutMillis) throws InterruptedException;

  @Override
  void close();
}
