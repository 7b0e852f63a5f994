package io.norn.clock;

/**
 * A hybrid logical clock: follows the wall clock, but never runs backwards and is always above
 * everything observed.
 *
 * <p>Not thread-safe.
 */
public final class HybridClock {
  /** Values beyond this are taken for damage, not for time (year 148,000). */
  public static final long MAX_MICROS = 1L << 62;

  private long lastMicros;

  /** A value above all before it, at or above the wall clock, in microseconds since the epoch. */
  public long next(long nowMicros) {
    lastMicros = Math.max(nowMicros, lastMicros + 1);
    return lastMicros;
  }

  /** Makes all later values larger than this one. */
  public void observe(long micros) {
    lastMicros = Math.max(lastMicros, micros);
  }
}
