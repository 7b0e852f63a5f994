package io.norn.testkit;

import java.security.SecureRandom;
import java.util.Random;

/**
 * Where the random choices of a test start, so that a failure can be repeated.
 *
 * @param value the number to give as {@code -Dseed=}
 */
public record Seed(long value) {
  private static final SecureRandom RANDOM = new SecureRandom();

  /**
   * The seed of the system property {@code seed}, else a random one. Prints it, as a line that
   * holds {@code norn-seed=}.
   */
  public static Seed next() {
    Long given = Long.getLong("seed");
    Seed seed = new Seed(given == null ? RANDOM.nextLong() : given);
    System.out.println("norn-seed=" + seed + " (to repeat: -Dseed=" + seed + ")");
    return seed;
  }

  /** A new generator that starts here; each call gives the same numbers again. */
  public Random random() {
    return new Random(value);
  }

  /**
   * As {@link #random()}, with other numbers for each stream, such as for each thread of a test.
   */
  public Random random(int stream) {
    return new Random(value + 0x9E3779B97F4A7C15L * (stream + 1));
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}
