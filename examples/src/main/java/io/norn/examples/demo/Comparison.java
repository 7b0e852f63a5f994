package io.norn.examples.demo;

import io.norn.examples.mesh.Mesh;
import io.norn.server.ServerConnection;
import io.norn.testkit.data.Dataset;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Compares everything that both servers hold: types, values, and the moments of expiry. */
final class Comparison implements Closeable {
  private static final int LIMIT_SECONDS = 20;
  private static final int POLL_MILLIS = 10;

  private final Mesh mesh;
  private final ServerConnection a;
  private final ServerConnection b;

  Comparison(Mesh mesh) throws IOException {
    this.mesh = mesh;
    this.a = mesh.a().connect();
    this.b = mesh.b().connect();
  }

  /**
   * What was found.
   *
   * @param keys how many keys A holds
   * @param differences a line for each value and each expiry that differs
   * @param visitsOnA sum of the counters
   * @param visitsOnB sum of the counters
   */
  record Result(int keys, List<String> differences, long visitsOnA, long visitsOnB) {
    boolean isEqual() {
      return differences.isEmpty();
    }

    /** Lines begin with database and quoted name; our names hold no quotes. */
    private static String key(String line) {
      return line.substring(0, line.indexOf('"', line.indexOf('"') + 1));
    }

    /** A key may differ in its value and in its expiry. */
    long differingKeys() {
      return differences.stream().map(Result::key).distinct().count();
    }
  }

  Result now() throws IOException {
    Dataset left = Dataset.read(a);
    List<String> differences = left.differences(Dataset.read(b), 0);
    return new Result(left.size(), differences, Visits.sum(a), Visits.sum(b));
  }

  /** Compares until nothing differs, or until it is clear that this will not come. */
  Result untilEqual() throws IOException, InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    Result result = now();
    while (!result.isEqual() && System.nanoTime() < deadline) {
      mesh.a().agent().requireRunning();
      mesh.b().agent().requireRunning();
      Thread.sleep(POLL_MILLIS);
      result = now();
    }
    return result;
  }

  @Override
  public void close() {
    a.close();
    b.close();
  }
}
