package io.norn.sim.world;

import java.util.Random;

/** How long something takes on its way: mostly near the least, now and then much longer. */
public final class Latency {
  private final Random random;
  private final int leastMicros;
  private final int mostMicros;

  /** Between the least and the most. */
  public Latency(Random random, int leastMicros, int mostMicros) {
    this.random = random;
    this.leastMicros = leastMicros;
    this.mostMicros = Math.max(mostMicros, leastMicros + 1);
  }

  /** The next one. */
  public long nextMicros() {
    boolean isLong = random.nextInt(8) == 0;
    int span = mostMicros - leastMicros;
    return (long) leastMicros + random.nextInt(isLong ? span : Math.max(1, span / 6));
  }
}
