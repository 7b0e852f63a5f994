package io.norn.agent.node;

import io.norn.agent.part.Worker;
import io.norn.apply.NodeMonitor;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Tick;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stamps the commands of the own server's clients: at once when it was quiet or when a batch waits
 * for it, under load about once a millisecond.
 */
public final class Ticker implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final long INTERVAL_NANOS = 1_000_000;
  private static final long RETRY_MILLIS = 200;

  private final Endpoint local;
  private final NodeMonitor monitor;
  private final Worker worker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private long uncoveredUpto;

  /**
   * Prepares it.
   *
   * @param onCrash told in one line that a bug has ended the thread
   */
  public Ticker(Endpoint local, NodeMonitor monitor, Consumer<String> onCrash) {
    this.local = local;
    this.monitor = monitor;
    this.worker = new Worker("ticker", this::run, onCrash);
  }

  public void start() {
    worker.start();
  }

  /** The own stream was read on; commands may wait for a tick. */
  public void wake() {
    long upto = monitor.with(state -> state.uncoveredUpto());
    lock.lock();
    try {
      uncoveredUpto = upto;
      if (upto > 0) {
        wanted.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      try (ServerConnection server = ServerConnection.open(local)) {
        tick(server);
      } catch (IOException e) {
        LOG.debug("cannot stamp: {}", e.getMessage());
        Thread.sleep(RETRY_MILLIS);
      }
    }
  }

  private void tick(ServerConnection server) throws IOException, InterruptedException {
    long ticked = 0;
    while (!Thread.currentThread().isInterrupted()) {
      long upto = awaitUncovered(ticked);
      write(server, upto);
      ticked = upto;
      pause();
    }
  }

  private void pause() throws InterruptedException {
    long nanos = INTERVAL_NANOS;
    lock.lockInterruptibly();
    try {
      while (nanos > 0 && !monitor.isBarrierAwaited()) {
        nanos = wanted.awaitNanos(nanos);
      }
    } finally {
      lock.unlock();
    }
  }

  /** A tick that was written and has not come back yet is not written again. */
  private long awaitUncovered(long ticked) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (uncoveredUpto <= ticked) {
        wanted.await();
      }
      return uncoveredUpto;
    } finally {
      lock.unlock();
    }
  }

  /** A server that refuses writes still publishes, and clients' deletions go on there. */
  private void write(ServerConnection server, long upto) throws IOException {
    String stream = monitor.with(state -> state.ownStream().stream());
    Tick tick = new Tick(monitor.nextHlc(System.currentTimeMillis() * 1000), stream, upto);
    if (server.call(tick.asWrite()) instanceof ServerError) {
      server.require(tick.asMessage());
    }
  }

  @Override
  public void close() {
    worker.close();
  }
}
