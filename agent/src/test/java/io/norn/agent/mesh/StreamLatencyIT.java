package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What local clients wait for while two sites add to one long stream, beside a lone server under
 * the same load. Prints a line that begins with {@code norn-stream}.
 */
@Tag("soak")
class StreamLatencyIT {
  private static final int ENTRIES = 100_000;
  private static final int PER_SECOND = Integer.getInteger("norn.stream.rate", 1_000);
  private static final long LOAD_MILLIS = 1000L * Integer.getInteger("norn.stream.seconds", 20);
  private static final double QUANTILE = 0.99;

  @Test
  void shouldNotMakeLocalClientsWait() throws Exception {
    long lone;
    try (ServerProcess server = ServerProcess.start(ServerBinary.preferred())) {
      fill(server);
      lone = quantileMicros(List.of(server));
    }
    List<ServerBinary> binaries = List.of(ServerBinary.preferred(), ServerBinary.preferred());
    try (RealMesh mesh = new RealMesh(binaries).startAgents()) {
      fill(mesh.server(0));
      assertThat(Convergence.await(mesh.endpoints(), Duration.ofMinutes(2))).isEmpty();
      long merged = quantileMicros(List.of(mesh.server(0), mesh.server(1)));
      System.out.printf(
          "norn-stream p99 of a lone server %d us, of one that merges %d us: %.2f times%n",
          lone, merged, (double) merged / lone);
      assertThat(Convergence.await(mesh.endpoints(), Duration.ofMinutes(2))).isEmpty();
    }
  }

  private static void fill(ServerProcess server) throws IOException {
    try (ServerConnection connection = server.connect()) {
      for (int from = 0; from < ENTRIES; from += 1000) {
        for (int i = 0; i < 1000; i++) {
          connection.send("XADD", "long", "*", "field", "value-" + (from + i));
        }
        connection.receiveAll();
      }
    }
  }

  /** Adds to the stream at all servers, and times a client's reads and writes at the first. */
  private static long quantileMicros(List<ServerProcess> servers) throws Exception {
    AtomicBoolean isOn = new AtomicBoolean(true);
    ExecutorService threads = Executors.newCachedThreadPool();
    List<Future<?>> adding = new ArrayList<>();
    for (ServerProcess server : servers) {
      adding.add(threads.submit(() -> add(server, isOn)));
    }
    List<Long> micros = timed(servers.get(0));
    isOn.set(false);
    for (Future<?> each : adding) {
      each.get(10, TimeUnit.SECONDS);
    }
    threads.shutdown();
    Collections.sort(micros);
    return micros.get((int) (micros.size() * QUANTILE));
  }

  private static Void add(ServerProcess server, AtomicBoolean isOn) throws Exception {
    try (ServerConnection connection = server.connect()) {
      long startNanos = System.nanoTime();
      for (long i = 0; isOn.get(); i++) {
        connection.require("XADD", "long", "*", "field", "value-" + i);
        long aheadMillis = 1000 * i / PER_SECOND - (System.nanoTime() - startNanos) / 1_000_000;
        if (aheadMillis > 0) {
          Thread.sleep(aheadMillis);
        }
      }
    }
    return null;
  }

  private static List<Long> timed(ServerProcess server) throws Exception {
    List<Long> micros = new ArrayList<>();
    try (ServerConnection connection = server.connect()) {
      long endMillis = System.currentTimeMillis() + LOAD_MILLIS;
      for (int i = 0; System.currentTimeMillis() < endMillis; i++) {
        long startNanos = System.nanoTime();
        connection.require("SET", "other:" + i % 100, "value-" + i);
        micros.add((System.nanoTime() - startNanos) / 1000);
        Thread.sleep(1);
      }
    }
    return micros;
  }
}
