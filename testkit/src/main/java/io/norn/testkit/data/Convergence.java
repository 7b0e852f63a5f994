package io.norn.testkit.data;

import io.norn.net.Endpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits until servers hold the same data. */
public final class Convergence {
  private static final long FIRST_PAUSE_MILLIS = 10;
  private static final long LONGEST_PAUSE_MILLIS = 500;

  private Convergence() {}

  /**
   * Compares all with the first, again and again until they are equal or the time is up. Expiry
   * times must be the same to the millisecond.
   *
   * @return the last differences, as {@link Dataset#differences}, or why a server could not be
   *     read; empty when equal
   * @throws IOException only if the thread is interrupted
   */
  public static List<String> await(List<Endpoint> servers, Duration limit) throws IOException {
    long start = System.nanoTime();
    long pauseMillis = FIRST_PAUSE_MILLIS;
    while (true) {
      List<String> differences = differencesNow(servers);
      if (differences.isEmpty() || System.nanoTime() - start >= limit.toNanos()) {
        return differences;
      }
      pause(pauseMillis);
      pauseMillis = Math.min(LONGEST_PAUSE_MILLIS, 2 * pauseMillis);
    }
  }

  private static List<String> differencesNow(List<Endpoint> servers) {
    List<String> differences = new ArrayList<>();
    try {
      Dataset first = Dataset.read(servers.get(0));
      for (Endpoint server : servers.subList(1, servers.size())) {
        differences.addAll(first.differences(Dataset.read(server), 0));
      }
    } catch (IOException e) {
      differences.add("cannot be read: " + e.getMessage());
    }
    return differences;
  }

  private static void pause(long millis) throws InterruptedIOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for equal servers");
    }
  }
}
