package io.norn.agent.link;

import io.norn.agent.expiry.Coverage;
import io.norn.agent.expiry.EventWatch;
import io.norn.agent.join.Fence;
import io.norn.agent.part.Heartbeat;
import io.norn.clock.StreamId;
import io.norn.psync.PsyncSession;
import io.norn.stream.StreamItem;
import io.norn.stream.UnclassifiedDelete;
import java.io.IOException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens to what a peer's stream says beside changes: whether its agent lives, and under which
 * name it stamps.
 */
final class PeerWatch implements PeerFeed.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(PeerWatch.class);

  /** How long commands wait for the tick of their own agent before another one writes it. */
  private static final long FOREIGN_TICK_MILLIS = 200;

  /** As long while that agent lives and is only slow: it alone can tell what pops took. */
  private static final long SLOW_TICK_MILLIS = 2_000;

  /** An agent that was silent for so long, three heartbeats, is taken for dead. */
  private static final long SILENT_MILLIS = 3_000;

  private final PeerContext context;
  private final Fence fence;
  private final Consumer<PsyncSession> restart;
  private final Consumer<IOException> onFailure;
  private volatile StreamId expected;
  private volatile EventWatch events;
  private volatile PsyncSession session;
  private volatile Heartbeat last;
  private volatile long aliveUntilMillis;
  private volatile long clockAheadMillis;
  private volatile boolean skewReported;

  PeerWatch(
      PeerContext context,
      Fence fence,
      Consumer<PsyncSession> restart,
      Consumer<IOException> onFailure) {
    this.context = context;
    this.fence = fence;
    this.restart = restart;
    this.onFailure = onFailure;
  }

  /** A feed of this stream begins; ended by {@link #endFeed}. */
  void expect(StreamId stream) {
    expected = stream;
    events = EventWatch.ofPeer(context.endpoint(), context.onCrash());
    events.start();
  }

  /** The feed has ended. */
  void endFeed() {
    EventWatch current = events;
    if (current != null) {
      current.close();
      events = null;
    }
  }

  /** Whether it is known what the peer's server removes by itself; empty while nothing is read. */
  String eventsStatus() {
    EventWatch current = events;
    return current == null ? "" : current.status();
  }

  @Override
  public void deleted(UnclassifiedDelete delete) {
    EventWatch current = events;
    if (current != null) {
      current.deleted(delete);
    }
  }

  @Override
  public void read(long upto, long coveredUpto) {
    EventWatch current = events;
    if (current != null) {
      current.read(upto, coveredUpto);
    }
  }

  void linked(PsyncSession current) {
    session = current;
  }

  /** What comes now comes from others: they see to its ticks. */
  void unlinked() {
    session = null;
  }

  Heartbeat lastHeartbeat() {
    return last;
  }

  @Override
  public void command(byte[][] args) {
    context.policies().check(expected.node(), args);
  }

  /** The peer's agent has started to stamp its stream under a new name: ask again what there is. */
  @Override
  public void heartbeat(Heartbeat heartbeat) {
    last = heartbeat;
    aliveUntilMillis = System.currentTimeMillis() + SILENT_MILLIS;
    reportSkew(heartbeat.atMillis() - System.currentTimeMillis());
    PsyncSession current = session;
    if (!heartbeat.stream().equals(expected) && current != null) {
      LOG.info("{} stamps its stream under a new name now", context.endpoint());
      session = null;
      restart.accept(current);
    }
  }

  /**
   * A clock that is ahead cannot corrupt anything, only win ties; it is reported once until it is
   * well again.
   */
  private void reportSkew(long aheadMillis) {
    clockAheadMillis = aheadMillis;
    boolean skewed = aheadMillis > context.maxClockSkewMillis();
    if (skewed && !skewReported) {
      LOG.warn("The clock of {} is {} ms ahead: correct it", context.endpoint(), aheadMillis);
    }
    skewReported = skewed;
  }

  long clockAheadMillis() {
    return clockAheadMillis;
  }

  @Override
  public void uncovered(long upto, long coveredUpto, long sinceMillis) {
    StreamId stream = expected;
    EventWatch current = events;
    boolean isAlive = System.currentTimeMillis() < aliveUntilMillis;
    if (sinceMillis <= (isAlive ? SLOW_TICK_MILLIS : FOREIGN_TICK_MILLIS)
        || stream == null
        || current == null
        || session == null) {
      return;
    }
    Coverage coverage = current.coverage(upto);
    if (coverage.upto() > coveredUpto && fence.tickInsteadOfAgent(stream, coverage)) {
      current.written(coverage);
    }
  }

  @Override
  public void failed(IOException cause) {
    onFailure.accept(cause);
  }

  /** What was handed over cannot be handed over again: the whole node starts anew. */
  @Override
  public void crashed(String line) {
    context.onCrash().accept(line);
  }

  @Override
  public void message(StreamItem.Message message) {
    fence.seen(message.text());
  }
}
