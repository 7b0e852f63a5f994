package io.norn.psync;

import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubling from 100 ms to 5 s, each wait shortened by up to a
 * half at random, so that many links do not come back in step. Used by one thread.
 */
public final class Backoff {
  private static final int INITIAL_MILLIS = 100;
  private static final int MAX_MILLIS = 5_000;

  private final RandomGenerator random;
  private int ceilingMillis = INITIAL_MILLIS;

  public Backoff(RandomGenerator random) {
    this.random = random;
  }

  /** The wait before the next try, in milliseconds. */
  public int nextMillis() {
    int ceiling = ceilingMillis;
    ceilingMillis = Math.min(MAX_MILLIS, 2 * ceiling);
    return ceiling - random.nextInt(ceiling / 2 + 1);
  }

  /** After a success: the next wait is short again. */
  public void reset() {
    ceilingMillis = INITIAL_MILLIS;
  }
}
