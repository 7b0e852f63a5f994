package io.norn.sim.world;

/** A host's wall clock: off by seconds, a little too fast or slow, set forwards and backwards. */
public final class SimClock {
  private static final long MICROS_IN_2020 = 1_600_000_000_000_000L;

  private final EventQueue time;
  private final long driftPpm;
  private long offsetMicros;

  /** A clock that is wrong by an offset and drifts by parts per million. */
  public SimClock(EventQueue time, long offsetMicros, long driftPpm) {
    this.time = time;
    this.offsetMicros = offsetMicros;
    this.driftPpm = driftPpm;
  }

  /** What it shows, microseconds since the epoch. */
  public long nowMicros() {
    long elapsed = time.nowMicros();
    return MICROS_IN_2020 + elapsed + elapsed * driftPpm / 1_000_000 + offsetMicros;
  }

  /** As {@link #nowMicros}, in milliseconds. */
  public long nowMillis() {
    return nowMicros() / 1000;
  }

  /** Somebody sets it. */
  public void jump(long micros) {
    offsetMicros += micros;
  }
}
