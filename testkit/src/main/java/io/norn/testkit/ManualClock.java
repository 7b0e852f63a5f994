package io.norn.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A clock that moves only when told to. It has the two times of a real machine: the wall clock,
 * which may jump, and the monotonic one, which never does.
 */
public final class ManualClock {
  private final AtomicLong wallMicros;
  private final AtomicLong monotonicNanos = new AtomicLong();

  /** Starts at that wall clock time. */
  public ManualClock(long wallMicros) {
    this.wallMicros = new AtomicLong(wallMicros);
  }

  /** Microseconds since the epoch. */
  public long micros() {
    return wallMicros.get();
  }

  /** Milliseconds since the epoch. */
  public long millis() {
    return TimeUnit.MICROSECONDS.toMillis(micros());
  }

  /** The monotonic time, as {@link System#nanoTime}. */
  public long nanoTime() {
    return monotonicNanos.get();
  }

  /** Time passes. */
  public void advance(Duration time) {
    if (time.isNegative()) {
      throw new IllegalArgumentException("time does not pass backwards: " + time + ", use jump");
    }
    wallMicros.addAndGet(TimeUnit.NANOSECONDS.toMicros(time.toNanos()));
    monotonicNanos.addAndGet(time.toNanos());
  }

  /** Somebody sets the wall clock, forwards or (negative) backwards; no time passes. */
  public void jump(Duration by) {
    wallMicros.addAndGet(TimeUnit.NANOSECONDS.toMicros(by.toNanos()));
  }
}
