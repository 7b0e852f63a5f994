package io.norn.agent.node;

import io.norn.agent.expiry.Coverage;
import io.norn.agent.expiry.EventWatch;
import io.norn.agent.part.Worker;
import io.norn.apply.NodeMonitor;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.shadow.Shadows;
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

  /** How long to wait for the server's word on a delete before looking again what is known. */
  private static final long WORD_NANOS = 2_000_000;

  private final Endpoint local;
  private final NodeMonitor monitor;
  private final EventWatch events;
  private final Shadows shadows;
  private final ValueReader values;
  private final Worker worker;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition wanted = lock.newCondition();
  private long uncoveredUpto;
  private boolean knowsMore;

  /**
   * Prepares it.
   *
   * @param onCrash told in one line that a bug has ended the thread
   */
  public Ticker(Endpoint local, NodeMonitor monitor, Consumer<String> onCrash) {
    this.local = local;
    this.monitor = monitor;
    this.events = EventWatch.ofOwn(local, this::progressed, onCrash);
    this.shadows = monitor.shadows();
    this.values = new ValueReader(local, shadows, onCrash);
    this.worker = new Worker("ticker", this::run, onCrash);
    monitor.with(
        state -> {
          state.decoder().onDelete(events::deleted);
          return null;
        });
  }

  public void start() {
    events.start();
    values.start();
    worker.start();
  }

  /** The own stream was read on; commands may wait for a tick. */
  public void wake() {
    long upto =
        monitor.with(
            state -> {
              events.read(state.decoder().readUpto(), state.decoder().coveredUpto());
              shadows.covered(state.decoder().coveredUpto());
              return state.decoder().uncoveredUpto();
            });
    values.wake();
    lock.lock();
    try {
      uncoveredUpto = upto;
      knowsMore = true;
      if (upto > 0) {
        wanted.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** More is known of deletes. */
  private void progressed() {
    lock.lock();
    try {
      knowsMore = true;
      wanted.signal();
    } finally {
      lock.unlock();
    }
  }

  /** What is known of the server's own deletes. */
  public EventWatch events() {
    return events;
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
      Coverage coverage = known(awaitUncovered(ticked));
      if (coverage.upto() > ticked) {
        write(server, ticked, coverage);
        events.written(coverage);
        ticked = coverage.upto();
        pause();
      }
    }
  }

  /**
   * Never past a delete of which it is not known yet whose it is. One answer of the server tells
   * that of all clients' deletes that were read.
   */
  private Coverage known(long upto) throws InterruptedException {
    Coverage coverage = events.coverage(upto);
    if (coverage.upto() == upto) {
      return coverage;
    }
    long nanos = WORD_NANOS;
    lock.lockInterruptibly();
    try {
      while (nanos > 0 && !knowsMore) {
        nanos = wanted.awaitNanos(nanos);
      }
      knowsMore = false;
    } finally {
      lock.unlock();
    }
    return events.coverage(upto);
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
  private void write(ServerConnection server, long ticked, Coverage coverage) throws IOException {
    String stream = monitor.with(state -> state.ownStream().stream());
    long hlc = monitor.nextHlc(System.currentTimeMillis() * 1000);
    Tick tick =
        new Tick(
            hlc,
            stream,
            coverage.upto(),
            coverage.deletes(),
            shadows.taken(ticked, coverage.upto()));
    if (server.call(tick.asWrite()) instanceof ServerError) {
      server.require(tick.asMessage());
    }
  }

  @Override
  public void close() {
    worker.close();
    values.close();
    events.close();
  }
}
