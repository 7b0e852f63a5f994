package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Both sites increment the same few counters all the time, so that hardly a moment passes between
 * two writes to one of them. That must not hold up the other keys, and nothing may be lost.
 */
class HotCounterIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final int COUNTERS = 5;
  private static final int PIPELINE = 10;
  private static final long PAUSE_MILLIS = Long.getLong("norn.hot.pause", 2);
  private static final long LOAD_MILLIS = Long.getLong("norn.hot.millis", 3000);
  private static final long ARRIVAL_LIMIT_MILLIS = 10_000;

  @Test
  void shouldNotLetHotCountersHoldUpOtherKeys() throws Exception {
    List<ServerBinary> binaries = List.of(ServerBinary.embedded(), ServerBinary.embedded());
    ExecutorService pool = Executors.newFixedThreadPool(2);
    try (RealMesh mesh = new RealMesh(binaries).startAgents()) {
      Future<Long> a = pool.submit(load(mesh.server(0)));
      Future<Long> b = pool.submit(load(mesh.server(1)));
      List<Long> arrivals = probe(mesh);
      long written = a.get(30, TimeUnit.SECONDS) + b.get(30, TimeUnit.SECONDS);
      long begin = System.nanoTime();
      assertThat(Convergence.await(mesh.endpoints(), SOON)).isEmpty();
      long settleMillis = (System.nanoTime() - begin) / 1_000_000;
      assertThat(sum(mesh.server(0))).isEqualTo(written);
      Collections.sort(arrivals);
      System.out.printf(
          "norn-hot-counters: %d increments, other keys arrive after p50 %d ms, p99 %d ms;"
              + " equal %d ms after the load%n",
          written, at(arrivals, 0.5), at(arrivals, 0.99), settleMillis);
    } finally {
      pool.shutdownNow();
    }
  }

  private static Callable<Long> load(ServerProcess server) {
    return () -> {
      long written = 0;
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOAD_MILLIS);
      try (ServerConnection connection = server.connect()) {
        while (System.nanoTime() < end) {
          for (int i = 0; i < PIPELINE; i++) {
            connection.send("INCR", "hot" + i % COUNTERS);
          }
          written += connection.receiveAll().size();
          Thread.sleep(PAUSE_MILLIS);
        }
      }
      return written;
    };
  }

  /** Milliseconds that single writes took to arrive while the load ran. */
  private static List<Long> probe(RealMesh mesh) throws Exception {
    List<Long> arrivals = new ArrayList<>();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LOAD_MILLIS);
    try (ServerConnection a = mesh.server(0).connect();
        ServerConnection b = mesh.server(1).connect()) {
      while (System.nanoTime() < end) {
        arrivals.add(arrival(a, b, "probe" + arrivals.size()));
      }
    }
    return arrivals;
  }

  private static long arrival(ServerConnection a, ServerConnection b, String key) throws Exception {
    long begin = System.nanoTime();
    a.require("SET", key, "v");
    long millis = 0;
    while (b.require("EXISTS", key).equals(0L)) {
      millis = (System.nanoTime() - begin) / 1_000_000;
      assertThat(millis).as("milliseconds without arriving").isLessThan(ARRIVAL_LIMIT_MILLIS);
      Thread.sleep(1);
    }
    return millis;
  }

  private static long sum(ServerProcess server) throws Exception {
    long sum = 0;
    try (ServerConnection connection = server.connect()) {
      for (int i = 0; i < COUNTERS; i++) {
        byte[] value = (byte[]) connection.require("GET", "hot" + i);
        sum += Long.parseLong(new String(value, StandardCharsets.US_ASCII));
      }
    }
    return sum;
  }

  private static long at(List<Long> sorted, double quantile) {
    return sorted.get((int) Math.min(sorted.size() - 1L, Math.round(quantile * sorted.size())));
  }
}
