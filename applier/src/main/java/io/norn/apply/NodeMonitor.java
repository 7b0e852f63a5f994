package io.norn.apply;

import io.norn.clock.HybridClock;
import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.merge.MergeState;
import io.norn.merge.OwnEvents;
import io.norn.shadow.Shadows;
import io.norn.stream.DecoderState;
import io.norn.stream.Marker;
import io.norn.stream.PublishedState;
import io.norn.stream.Reserved;
import io.norn.stream.StreamItem;
import io.norn.stream.VersionVector;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Lets threads share a node's merging state: the reader of the own stream, those of the peers, and
 * the one that applies.
 *
 * <p>All methods may be called from any thread.
 */
public final class NodeMonitor {
  /** How barriers of this agent begin, followed by a number. */
  private final String barrierPrefix;

  private final String instance;
  private final ServerTraits traits;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ownMoved = lock.newCondition();
  private final Condition work = lock.newCondition();
  private final Condition roomInInbox = lock.newCondition();
  private final HybridClock clock = new HybridClock();
  private final MergeState state;

  private long barrierSeen;
  private long lastBatch;
  private long reservedTouches;
  private long vectorQuestions;
  private boolean poked;
  private volatile boolean barrierAwaited;

  /**
   * Starts with a state that nobody else uses.
   *
   * @param instance name of the running agent, new at each start
   */
  public NodeMonitor(String instance, StreamId own, DecoderState start, VersionVector applied) {
    this(instance, own, start, applied, ServerTraits.plain());
  }

  /**
   * Starts with a state that nobody else uses.
   *
   * @param instance name of the running agent, new at each start
   */
  public NodeMonitor(
      String instance,
      StreamId own,
      DecoderState start,
      VersionVector applied,
      ServerTraits traits) {
    this.traits = traits;
    this.instance = instance;
    this.barrierPrefix = "b " + instance + " ";
    this.state = new MergeState(own, start, applied, new Events(), traits.table());
    state.backlog().follow(new Shadows(start.db(), instance, traits.table(), traits.shadows()));
    clock.observe(start.largest());
  }

  public String instance() {
    return instance;
  }

  /** Meaning of the local server's commands. */
  CommandTable table() {
    return traits.table();
  }

  /** Runs something that needs the state, alone. */
  public <T> T with(Function<MergeState, T> action) {
    lock.lock();
    try {
      return action.apply(state);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs something that feeds the own stream into the state, and wakes who waits for what it shows.
   */
  public void feedOwn(Consumer<MergeState> action) {
    lock.lock();
    try {
      action.accept(state);
      clock.observe(state.processed().largest());
      ownMoved.signalAll();
      roomInInbox.signalAll();
      if (state.window().isUnsure()
          || state.publications().isWaiting()
          || state.window().streams().isWaiting()) {
        poked = true;
        work.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Hands an item of a peer's stream in; waits while more than so much waits to be applied, except
   * for what a snapshot that is being merged must be compared with.
   *
   * @param maxWaitingBytes limit above which the caller is held
   * @throws InterruptedException if the thread is to stop
   */
  public void inbound(StreamId stream, StreamItem item, long maxWaitingBytes)
      throws InterruptedException {
    StreamItem adapted = PublishedState.rewritten(item, traits.payloads());
    lock.lockInterruptibly();
    try {
      while (state.inboxes().pressureBytes(stream) > maxWaitingBytes
          && !state.backlog().awaits(stream, state.inboxes())) {
        roomInInbox.await(100, TimeUnit.MILLISECONDS);
      }
      clock.observe(adapted.after().largest());
      state.inbound(stream, adapted);
      poked |= state.publications().isWaiting();
      work.signalAll();
      ownMoved.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** The values of the own server that are followed to tell what pops took. */
  public Shadows shadows() {
    return with(s -> s.backlog().shadows());
  }

  /** The next value of the node's clock. */
  public long nextHlc(long nowMicros) {
    lock.lock();
    try {
      return clock.next(nowMicros);
    } finally {
      lock.unlock();
    }
  }

  /** Makes all later values of the node's clock larger than this one. */
  public void observe(long hlc) {
    lock.lock();
    try {
      clock.observe(hlc);
    } finally {
      lock.unlock();
    }
  }

  /** The barrier's text, to be published. */
  public String barrier(long number) {
    return barrierPrefix + number;
  }

  /**
   * Waits until the own stream has shown a barrier and all before it is in the window; false if it
   * did not in time.
   */
  public boolean awaitBarrier(long number, long timeoutMillis) throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    lock.lockInterruptibly();
    barrierAwaited = true;
    try {
      while (barrierSeen < number && nanos > 0) {
        nanos = ownMoved.awaitNanos(nanos);
      }
      return barrierSeen >= number;
    } finally {
      barrierAwaited = false;
      lock.unlock();
    }
  }

  /**
   * True while a batch waits for its barrier: what stands before that should be stamped at once.
   */
  public boolean isBarrierAwaited() {
    return barrierAwaited;
  }

  /**
   * Waits until something of a peer is to be applied, or until poked, or for so long.
   *
   * @param inFlight what is on its way already, by stream
   */
  public void awaitWork(Map<StreamId, Long> inFlight, long timeoutMillis)
      throws InterruptedException {
    long nanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
    lock.lockInterruptibly();
    try {
      while (!state.inboxes().hasWaitingBeyond(inFlight) && !poked && nanos > 0) {
        nanos = work.awaitNanos(nanos);
      }
      poked = false;
    } finally {
      lock.unlock();
    }
  }

  /** Ends an {@link #awaitWork}. */
  public void poke() {
    lock.lock();
    try {
      poked = true;
      work.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Number of the last batch that the own stream has shown, of this agent or of one before it. */
  public long lastBatch() {
    return with(s -> lastBatch);
  }

  /** How often somebody may have removed the reserved keys. */
  public long reservedTouches() {
    return with(s -> reservedTouches);
  }

  /**
   * How often the whole version vector was to be written, because it may be gone or is asked for.
   */
  public long vectorRequests() {
    return with(s -> reservedTouches + vectorQuestions);
  }

  private final class Events implements OwnEvents {
    @Override
    public void applied(Marker marker) {
      lastBatch = Math.max(lastBatch, marker.batch());
    }

    @Override
    public void message(String text) {
      if (text.startsWith(barrierPrefix)) {
        barrierSeen = Math.max(barrierSeen, Long.parseLong(text.substring(barrierPrefix.length())));
      } else if (text.equals(Reserved.VECTOR_QUESTION)) {
        vectorQuestions++;
        wakeApplier();
      }
    }

    @Override
    public void reservedTouched() {
      reservedTouches++;
      wakeApplier();
    }

    private void wakeApplier() {
      poked = true;
      work.signalAll();
    }
  }
}
