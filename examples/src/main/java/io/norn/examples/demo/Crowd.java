package io.norn.examples.demo;

import io.norn.examples.mesh.Node;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Writers on both sides at the same time. */
final class Crowd {
  private static final int WRITERS_A_SIDE = 2;
  private static final int BATCH = 10;
  private static final int PAUSE_MILLIS = 8;

  private final Node a;
  private final Node b;
  private final long seed;
  private long increments;

  Crowd(Node a, Node b, long seed) {
    this.a = a;
    this.b = b;
    this.seed = seed;
  }

  /** How many writes were acknowledged on each side. */
  record Written(long onA, long onB) {}

  /** What all writers together have added to the visit counters so far. */
  long increments() {
    return increments;
  }

  /** Lets all writers write for a while. */
  Written write(int millis) throws IOException, InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(2 * WRITERS_A_SIDE);
    try {
      List<Future<Writer>> onA = start(threads, a, "a", millis);
      List<Future<Writer>> onB = start(threads, b, "b", millis);
      return new Written(finish(onA), finish(onB));
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Future<Writer>> start(ExecutorService threads, Node node, String side, int millis) {
    List<Future<Writer>> started = new ArrayList<>();
    for (int i = 0; i < WRITERS_A_SIDE; i++) {
      String name = side + i;
      // Counts on, so that no two writers of one run draw the same numbers.
      long own = seed + 31L * name.hashCode() + increments;
      Callable<Writer> writer = () -> writeFor(node, name, own, millis);
      started.add(threads.submit(writer));
    }
    return started;
  }

  private static Writer writeFor(Node node, String name, long seed, int millis)
      throws IOException, InterruptedException {
    try (ServerConnection connection = node.connect()) {
      Writer writer = new Writer(connection, name, seed);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
      while (System.nanoTime() < end) {
        writer.write(BATCH);
        Thread.sleep(PAUSE_MILLIS);
      }
      return writer;
    }
  }

  private long finish(List<Future<Writer>> running) throws IOException, InterruptedException {
    long writes = 0;
    for (Future<Writer> future : running) {
      Writer writer = finished(future);
      writes += writer.writes();
      increments += writer.increments();
    }
    return writes;
  }

  private static Writer finished(Future<Writer> future) throws IOException, InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IOException(e.getCause().getMessage(), e);
    }
  }
}
