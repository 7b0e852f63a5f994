package io.norn.agent.join;

import io.norn.agent.expiry.Coverage;
import io.norn.agent.node.NodeRecord;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Reserved;
import io.norn.stream.Tick;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes ticks and marks into a peer's stream, and waits until marks come back from there. May be
 * used by any thread.
 */
public final class Fence implements Closeable {
  /** How the texts of marks begin. */
  public static final String PREFIX = "f ";

  private static final Logger LOG = LoggerFactory.getLogger(Fence.class);
  private static final long TIMEOUT_SECONDS = 30;
  private static final long RETRY_MILLIS = 1000;

  /** Who ticks has more to do than to wait for a server that may be cut off. */
  private static final int TICK_TIMEOUT_MILLIS = 2000;

  private final Endpoint peer;
  private final NodeMonitor monitor;
  private final Map<String, CountDownLatch> awaited = new ConcurrentHashMap<>();
  private ServerConnection server;
  private long pausedUntilMillis;

  public Fence(Endpoint peer, NodeMonitor monitor) {
    this.peer = peer;
    this.monitor = monitor;
  }

  /**
   * Waits until everything of the peer's stream up to now is stamped and decoded here, and makes
   * the own clock larger than all of it. Who stamps it is the peer's agent, or whoever does it
   * instead.
   */
  void pass() throws IOException, InterruptedException {
    String mark = PREFIX + UUID.randomUUID();
    CountDownLatch seen = new CountDownLatch(1);
    awaited.put(mark, seen);
    try {
      write(mark);
      if (!seen.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(peer + ": its stream did not show a mark in time");
      }
    } finally {
      awaited.remove(mark);
    }
  }

  private synchronized void write(String mark) throws IOException {
    try {
      ServerConnection connection = connection(ServerConnection.DEFAULT_TIMEOUT_MILLIS);
      monitor.observe(NodeRecord.read(connection).largestHlc());
      connection.require("SPUBLISH", Reserved.CHANNEL, mark);
    } catch (IOException e) {
      disconnect();
      throw e;
    }
  }

  private Tick tick(StreamId stream, Coverage coverage) {
    long hlc = monitor.nextHlc(System.currentTimeMillis() * 1000);
    return new Tick(hlc, stream.stream(), coverage.upto(), coverage.deletes());
  }

  /**
   * Stamps the peer's commands because its own agent does not; failures are only logged, it is
   * tried again.
   *
   * @return true if the tick was written
   */
  public synchronized boolean tickInsteadOfAgent(StreamId stream, Coverage coverage) {
    long nowMillis = System.currentTimeMillis();
    if (nowMillis < pausedUntilMillis) {
      return false;
    }
    try {
      ServerConnection connection = connection(TICK_TIMEOUT_MILLIS);
      Object reply = connection.call(tick(stream, coverage).asWrite());
      if (reply instanceof ServerError) {
        connection.require(tick(stream, coverage).asMessage());
      }
      pausedUntilMillis = nowMillis + RETRY_MILLIS / 10;
      return true;
    } catch (IOException e) {
      LOG.debug("cannot stamp for {}: {}", peer, e.getMessage());
      disconnect();
      pausedUntilMillis = nowMillis + RETRY_MILLIS;
      return false;
    }
  }

  /** A message of the peer's stream. */
  public void seen(String text) {
    CountDownLatch latch = awaited.get(text);
    if (latch != null) {
      latch.countDown();
    }
  }

  private ServerConnection connection(int timeoutMillis) throws IOException {
    if (server == null) {
      server = ServerConnection.open(peer, timeoutMillis);
    } else {
      server.replyTimeout(timeoutMillis);
    }
    return server;
  }

  private void disconnect() {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  @Override
  public synchronized void close() {
    disconnect();
  }
}
