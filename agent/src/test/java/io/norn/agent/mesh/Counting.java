package io.norn.agent.mesh;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that increments one counter and sets, expires and deletes other keys all the time, and
 * knows how much was acknowledged.
 */
final class Counting implements Closeable {
  static final String COUNTER = "counted";
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final int KEYS = 50;
  private static final long PAUSE_MILLIS = 2;

  private final ServerConnection server;
  private final AtomicLong acknowledged = new AtomicLong();
  private final Thread thread;
  private volatile boolean over;
  private volatile IOException failure;

  Counting(ServerProcess server) throws IOException {
    this.server = server.connect();
    this.thread = new Thread(this::run, "counting");
    this.thread.start();
  }

  private void run() {
    try {
      for (int i = 0; !over; i++) {
        server.require("INCR", COUNTER);
        acknowledged.incrementAndGet();
        String key = "key" + i % KEYS;
        switch (i % 5) {
          case 0 -> server.require("DEL", key);
          case 1 -> server.require("SET", key, "v" + i, "EX", "1000");
          default -> server.require("SET", key, "v" + i);
        }
        RealMesh.pause(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      failure = e;
    }
  }

  /** Waits until so many more increments were acknowledged. */
  void awaitMore(long increments) throws IOException {
    long wanted = acknowledged.get() + increments;
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (acknowledged.get() < wanted) {
      if (failure != null) {
        throw failure;
      }
      if (System.nanoTime() > deadline) {
        throw new IOException("the server that is written to does not go on");
      }
      RealMesh.pause(PAUSE_MILLIS);
    }
  }

  /** Ends it; how many increments were acknowledged. */
  long stop() throws IOException {
    over = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    if (failure != null) {
      throw failure;
    }
    return acknowledged.get();
  }

  @Override
  public void close() throws IOException {
    over = true;
    server.close();
  }
}
