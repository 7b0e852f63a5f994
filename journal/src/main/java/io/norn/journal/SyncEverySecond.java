package io.norn.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The thread of {@link SyncPolicy#EVERYSEC}. */
final class SyncEverySecond implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(SyncEverySecond.class);
  private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final Durability durability;
  private final Thread thread;
  private volatile boolean closed;

  SyncEverySecond(Durability durability, String name) {
    this.durability = durability;
    this.thread = new Thread(this::run, "journal-sync " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    while (!closed) {
      LockSupport.parkNanos(PERIOD_NANOS);
      if (!closed && !synced()) {
        return;
      }
    }
  }

  /** One turn; false when there will be no further one. */
  private boolean synced() {
    try {
      durability.sync();
      return true;
    } catch (JournalClosedException e) {
      return false;
    } catch (IOException e) {
      LOG.error("{}", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }
}
