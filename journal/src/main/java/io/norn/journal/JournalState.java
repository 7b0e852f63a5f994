package io.norn.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What writer, readers and the threads around a journal share. */
final class JournalState {
  private final Path directory;
  private final long journalId;
  private final Catalog catalog;
  private final AppendSignal signal = new AppendSignal();
  private volatile Tip tip;
  private volatile Tip durable;
  private volatile Throwable failure;
  private volatile boolean closed;

  /** Everything in the catalog is on the disk already. */
  JournalState(Path directory, long journalId, Catalog catalog, Tip tip) {
    this.directory = directory;
    this.journalId = journalId;
    this.catalog = catalog;
    this.tip = tip;
    this.durable = tip;
  }

  Path directory() {
    return directory;
  }

  long journalId() {
    return journalId;
  }

  Catalog catalog() {
    return catalog;
  }

  AppendSignal signal() {
    return signal;
  }

  Tip tip() {
    return tip;
  }

  /** Makes a record visible to readers; one thread at a time. */
  void publish(Tip newTip) {
    tip = newTip;
    signal.raise();
  }

  Tip durable() {
    return durable;
  }

  void durable(Tip forced) {
    durable = forced;
  }

  boolean failed() {
    return failure != null;
  }

  boolean closed() {
    return closed;
  }

  void close() {
    closed = true;
    signal.raise();
  }

  /** Stops the journal for good. */
  JournalFailedException fail(Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    return failedException(cause);
  }

  void requireUsable() throws IOException {
    if (closed) {
      throw new JournalClosedException("journal " + directory + " is closed");
    }
    Throwable cause = failure;
    if (cause != null) {
      throw failedException(cause);
    }
  }

  /** Makes the next opening verify a generation in which a reader found damage. */
  void distrust(Generation generation) throws IOException {
    generation.distrust();
    Files.deleteIfExists(generation.directory().resolve(Seal.FILE));
  }

  private JournalFailedException failedException(Throwable cause) {
    return new JournalFailedException(
        "journal " + directory + " has stopped for good; check the disk and restart", cause);
  }
}
