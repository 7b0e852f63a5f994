package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.OneAgent;
import io.norn.agent.part.Worker;
import io.norn.psync.Backoff;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a node going beside the local server: starts it again whenever it has ended. May be used by
 * any thread; who only looks never waits for a node that is being started or closed.
 */
final class NodeKeeper implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeKeeper.class);
  private static final long CRASH_PAUSE_MILLIS = 5000;

  /** A node that lived for so long did not die of what it found at its start. */
  private static final long GOOD_LIFE_NANOS = TimeUnit.SECONDS.toNanos(30);

  private final String what;
  private final Starter starter;
  private final Worker worker = new Worker("keeper", this::keep);
  private final Object changing = new Object();
  private volatile Node node;
  private volatile CountDownLatch ended = new CountDownLatch(0);
  private volatile String obstacle = "";
  private volatile String lastCrash = "";
  private volatile boolean closed;
  private volatile long startedNanos = System.nanoTime();

  /** Starts a node. */
  @FunctionalInterface
  interface Starter {
    Node start(Consumer<String> onEnded) throws IOException;
  }

  NodeKeeper(String what, Starter starter) {
    this.what = what;
    this.starter = starter;
  }

  static NodeKeeper of(
      Supplier<AgentConfig> config,
      DataDirectory directory,
      Peers.Wanted wantedPeers,
      ConflictLog conflicts) {
    return new NodeKeeper(
        "Node " + config.get().identity().nodeId() + " beside " + config.get().local(),
        onEnded -> Node.start(config.get(), directory, wantedPeers, conflicts, onEnded));
  }

  /**
   * Starts; a server that cannot be used is waited for.
   *
   * @throws IOException for what only a person can mend
   */
  void start() throws IOException {
    tryNode();
    worker.start();
  }

  private void keep() throws InterruptedException {
    Backoff backoff = new Backoff(RandomGenerator.getDefault());
    while (!closed) {
      ended.await();
      if (node != null && System.nanoTime() - startedNanos > GOOD_LIFE_NANOS) {
        backoff.reset();
      }
      try {
        closeNode();
        Thread.sleep(backoff.nextMillis());
        tryNode();
      } catch (IOException e) {
        showObstacle(e.getMessage());
      } catch (RuntimeException | Error e) {
        lastCrash = Worker.crash(e);
        obstacle = lastCrash;
        Thread.sleep(CRASH_PAUSE_MILLIS);
      }
    }
  }

  /** Leaves {@link #node} null if the local server cannot be used now. */
  private void tryNode() throws IOException {
    synchronized (changing) {
      if (closed) {
        return;
      }
      CountDownLatch latch = new CountDownLatch(1);
      try {
        Node fresh = starter.start(reason -> nodeEnded(latch, reason));
        node = fresh;
        ended = latch;
        startedNanos = System.nanoTime();
        obstacle = "";
        LOG.info("{} runs", what);
        // Somebody may have added or removed peers meanwhile.
        fresh.peers().followWanted();
      } catch (ForeignDataException | OneAgent.OtherAgentException e) {
        throw e;
      } catch (IOException e) {
        showObstacle("waiting for the local server: " + e.getMessage());
      }
    }
  }

  private void nodeEnded(CountDownLatch latch, String reason) {
    if (!reason.isEmpty()) {
      lastCrash = reason;
    }
    latch.countDown();
  }

  private void showObstacle(String text) {
    if (!text.equals(obstacle)) {
      LOG.warn("{}: {}", what, text);
    }
    obstacle = text;
  }

  private void closeNode() {
    synchronized (changing) {
      Node current = node;
      node = null;
      if (current != null) {
        current.close();
      }
    }
  }

  /** Ends the node that runs, so that another one starts, with the configuration of then. */
  void restart() {
    startedNanos = System.nanoTime() - GOOD_LIFE_NANOS - 1;
    ended.countDown();
  }

  /** The node that runs; null while none does. */
  Node node() {
    return node;
  }

  /** Why there is no node; empty if there is one. */
  String obstacle() {
    return obstacle;
  }

  /** The last bug that ended a thread, in one line; empty for none. */
  String lastCrash() {
    return lastCrash;
  }

  @Override
  public void close() {
    closed = true;
    worker.close();
    closeNode();
  }
}
