package io.norn.agent.mesh;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Producers and consumers on one stream, at several sites. */
final class StreamQueue implements AutoCloseable {
  private static final String STREAM = "jobs";
  private static final String GROUP = "workers";
  private static final long PAUSE_MILLIS = 10;

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final AtomicBoolean isProducing = new AtomicBoolean(true);
  private final AtomicBoolean isConsuming = new AtomicBoolean(true);
  private final Set<String> added = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> consumed = new ConcurrentHashMap<>();
  private final List<Future<?>> producers = new ArrayList<>();
  private final List<Future<?>> consumers = new ArrayList<>();

  static void create(ServerConnection server) throws IOException {
    server.require("XGROUP", "CREATE", STREAM, GROUP, "0", "MKSTREAM");
  }

  /** Starts as many producers as consumers at a site. */
  void start(ServerProcess server, int site, int each) {
    AtomicLong lastMillis = new AtomicLong();
    for (int i = 0; i < each; i++) {
      String consumer = "c" + site + "-" + i;
      producers.add(threads.submit(() -> produce(server, site, lastMillis)));
      consumers.add(threads.submit(() -> consume(server, consumer)));
    }
  }

  /** IDs have a part of the site's: those that servers choose may be the same at two sites. */
  private Void produce(ServerProcess server, int site, AtomicLong last) throws Exception {
    try (ServerConnection connection = server.connect()) {
      while (isProducing.get()) {
        long nowMillis = System.currentTimeMillis();
        long millis = last.updateAndGet(before -> Math.max(before + 1, nowMillis));
        String id = millis + "-" + (site + 1);
        Object reply = connection.call("XADD", STREAM, id, "job", id);
        if (!(reply instanceof ServerError)) {
          added.add(id);
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    }
    return null;
  }

  private Void consume(ServerProcess server, String consumer) throws IOException {
    try (ServerConnection connection = server.connect()) {
      while (isConsuming.get()) {
        Object reply =
            connection.require(
                "XREADGROUP",
                "GROUP",
                GROUP,
                consumer,
                "COUNT",
                "10",
                "BLOCK",
                "50",
                "STREAMS",
                STREAM,
                ">");
        if (reply instanceof List<?> streams) {
          work(connection, (List<?>) ((List<?>) streams.get(0)).get(1));
        }
      }
    }
    return null;
  }

  private void work(ServerConnection connection, List<?> entries) throws IOException {
    List<String> acknowledgement = new ArrayList<>(List.of("XACK", STREAM, GROUP));
    for (Object entry : entries) {
      byte[] raw = (byte[]) ((List<?>) entry).get(0);
      String id = new String(raw, StandardCharsets.US_ASCII);
      consumed.computeIfAbsent(id, k -> new AtomicInteger()).incrementAndGet();
      acknowledgement.add(id);
    }
    connection.require(acknowledgement.toArray(String[]::new));
  }

  void stopProducing() throws Exception {
    isProducing.set(false);
    await(producers);
  }

  void stopConsuming() throws Exception {
    isConsuming.set(false);
    await(consumers);
  }

  private static void await(List<Future<?>> futures) throws Exception {
    for (Future<?> future : futures) {
      future.get(60, TimeUnit.SECONDS);
    }
  }

  Set<String> added() {
    return added;
  }

  Set<String> consumed() {
    return consumed.keySet();
  }

  /** What the servers must hold of the queue. */
  static String stream() {
    return STREAM;
  }

  @Override
  public String toString() {
    long twice = consumed.values().stream().filter(count -> count.get() > 1).count();
    return String.format(
        "%d entries, %.1f %% of them consumed more than once",
        added.size(), 100.0 * twice / Math.max(1, added.size()));
  }

  @Override
  public void close() {
    isProducing.set(false);
    isConsuming.set(false);
    threads.shutdownNow();
  }
}
