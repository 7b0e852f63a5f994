package io.norn.crash;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Named places at which a test lets the process die as {@code kill -9} would, to see what its
 * successor makes of it. The system property {@code norn.crash-point} names one: {@code name}, or
 * {@code name:N} for the Nth time that it is reached. Without it nothing ever happens.
 */
public final class CrashPoint {
  private static final int KILLED = 137;
  private static final String PROPERTY = System.getProperty("norn.crash-point", "");
  private static final String SELECTED = PROPERTY.replaceFirst(":\\d+$", "");
  private static final AtomicLong LEFT = new AtomicLong(passes());

  private CrashPoint() {}

  private static long passes() {
    return PROPERTY.equals(SELECTED)
        ? 1
        : Long.parseLong(PROPERTY.substring(SELECTED.length() + 1));
  }

  /** Dies here if this is the place that was named. */
  public static void reach(String name) {
    if (!SELECTED.isEmpty() && SELECTED.equals(name) && LEFT.decrementAndGet() == 0) {
      Runtime.getRuntime().halt(KILLED);
    }
  }
}
