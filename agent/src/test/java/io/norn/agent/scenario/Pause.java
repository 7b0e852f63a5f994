package io.norn.agent.scenario;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waiting. */
final class Pause {
  private static final long POLL_NANOS = 200_000;

  private Pause() {}

  /** Something that becomes true. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws IOException;
  }

  /**
   * Waits until it holds.
   *
   * @param why said if it does not in time
   * @throws AssertionError if it does not in time
   */
  static void until(Condition condition, long limitMillis, Supplier<String> why)
      throws IOException {
    long start = System.nanoTime();
    while (!condition.holds()) {
      if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(limitMillis)) {
        throw new AssertionError(why.get() + ", after " + limitMillis + " ms");
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  /** After that, no clock of this machine shows the millisecond that it shows now. */
  static void untilNextMillisecond() {
    long now = System.currentTimeMillis();
    while (System.currentTimeMillis() == now) {
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  static void millis(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
