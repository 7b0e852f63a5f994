package io.norn.journal;

import io.norn.journal.chronicle.RecordLogException;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Reads from generation to generation. */
final class ChainReader implements JournalReader {
  private final JournalState state;
  private final Consumer<ChainReader> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private volatile long sequence;
  private volatile boolean closed;
  private String stream;
  private long offset;
  private Generation generation;
  private RecordSource source;

  /** Begins at a position that is in the record {@code sequence} or, in its stream, later. */
  ChainReader(
      JournalState state,
      long sequence,
      String stream,
      long offset,
      Consumer<ChainReader> onClose) {
    this.state = state;
    this.sequence = sequence;
    this.stream = stream;
    this.offset = offset;
    this.onClose = onClose;
  }

  /** The number of the next record to read. */
  long sequence() {
    return sequence;
  }

  @Override
  public JournalEntry next() throws IOException {
    lock.lock();
    // An interrupt while a block is mapped would close the file under Chronicle's feet.
    boolean interrupted = Thread.interrupted();
    try {
      return nextWithBytes();
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
      lock.unlock();
    }
  }

  private JournalEntry nextWithBytes() throws IOException {
    while (true) {
      if (isClosed()) {
        throw new JournalClosedException("reader of " + state.directory() + " is closed");
      }
      if (sequence >= state.tip().sequence()) {
        return null;
      }
      JournalEntry entry = fromPosition(verified());
      if (entry.bytes().length > 0) {
        return entry;
      }
    }
  }

  private JournalEntry verified() throws IOException {
    Generation current = state.catalog().containing(sequence);
    try {
      if (!current.equals(generation)) {
        open(current);
      }
      NumberedEntry record = source.next();
      if (record == null) {
        throw new RecordDamageException("it is missing");
      }
      sequence = record.sequence() + 1;
      return record.entry();
    } catch (RecordLogException | RecordDamageException e) {
      release();
      state.distrust(current);
      throw new DamagedJournalException(current.directory(), sequence, stream, offset, e);
    }
  }

  private void open(Generation next) throws IOException {
    release();
    source = RecordSource.open(next.directory(), state.journalId(), next.firstSequence());
    generation = next;
    // A seal may be of another process, and the index may have rotted since.
    if (next.sealed()) {
      source.walkTo(sequence);
    } else if (sequence > next.firstSequence()) {
      source.jumpTo(sequence);
    }
  }

  /** Cuts off what stands before the position asked for. */
  private JournalEntry fromPosition(JournalEntry entry) {
    boolean isBefore = entry.stream().equals(stream) && entry.offset() < offset;
    int skipped = isBefore ? (int) Math.min(offset - entry.offset(), entry.bytes().length) : 0;
    offset = isBefore ? Math.max(offset, entry.end()) : entry.end();
    stream = entry.stream();
    if (skipped == 0) {
      return entry;
    }
    byte[] rest = Arrays.copyOfRange(entry.bytes(), skipped, entry.bytes().length);
    return new JournalEntry(entry.stream(), entry.offset() + skipped, entry.db(), rest);
  }

  @Override
  public boolean await(long timeoutMillis) throws InterruptedException {
    state.signal().await(() -> isClosed() || hasMore(), timeoutMillis);
    return !isClosed() && hasMore();
  }

  private boolean hasMore() {
    return sequence < state.tip().sequence();
  }

  private boolean isClosed() {
    return closed || state.closed();
  }

  @Override
  public void close() {
    closed = true;
    state.signal().raise();
    lock.lock();
    try {
      release();
    } finally {
      lock.unlock();
    }
    onClose.accept(this);
  }

  private void release() {
    generation = null;
    if (source != null) {
      source.close();
      source = null;
    }
  }
}
