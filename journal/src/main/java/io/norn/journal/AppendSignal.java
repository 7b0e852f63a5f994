package io.norn.journal;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/** Wakes readers that wait for an append. Costs the appender one volatile read when none waits. */
final class AppendSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final AtomicInteger waiting = new AtomicInteger();

  /** To be called after the change that is waited for became visible. */
  void raise() {
    if (waiting.get() == 0) {
      return;
    }
    lock.lock();
    try {
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code ready} holds; false when the time was over before. */
  boolean await(BooleanSupplier ready, long timeoutMillis) throws InterruptedException {
    if (ready.getAsBoolean()) {
      return true;
    }
    long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    lock.lockInterruptibly();
    waiting.incrementAndGet();
    try {
      while (!ready.getAsBoolean() && nanos > 0) {
        nanos = changed.awaitNanos(nanos);
      }
      return ready.getAsBoolean();
    } finally {
      waiting.decrementAndGet();
      lock.unlock();
    }
  }
}
