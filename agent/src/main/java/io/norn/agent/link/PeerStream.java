package io.norn.agent.link;

import io.norn.agent.join.Fence;
import io.norn.agent.join.Join;
import io.norn.agent.node.NodeRecord;
import io.norn.agent.node.SmallFile;
import io.norn.agent.part.Heartbeat;
import io.norn.agent.part.LinkState;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Traffic;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.StreamRange;
import io.norn.psync.Position;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.psync.TryLaterException;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A peer's stream as it is kept here: journal, feed into the state, and, where the two have no
 * common point, the merge of its snapshot.
 */
public final class PeerStream implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerStream.class);

  private final PeerContext context;
  private final LinkStatus status;
  private final PeerIdentity identity;
  private final NodeMonitor monitor;
  private final PeerWatch watch;
  private final Fence fence;
  private final Traffic traffic = new Traffic();
  private final InboundJournal inbound;
  private final FollowedNode followed;
  private final PeerCatchUp catchUp;
  private volatile StreamId id;
  private volatile PeerFeed feed;
  private volatile Join join;
  private boolean closed;

  PeerStream(PeerContext context, LinkStatus status, PeerIdentity identity) throws IOException {
    this.context = context;
    this.status = status;
    this.identity = identity;
    this.monitor = context.monitor();
    this.fence = new Fence(context.endpoint(), monitor);
    this.watch = new PeerWatch(context, fence, this::restartLink, this::journalFailed);
    this.inbound = new InboundJournal(context.directory());
    this.followed = new FollowedNode(context);
    this.catchUp = new PeerCatchUp(context, inbound, status, traffic);
  }

  /** Feeds from the journal what was in it before a restart. */
  synchronized void resume() throws IOException {
    String node = identity.node();
    if (node.isEmpty() || !followed.tryToFollow(node)) {
      return;
    }
    Optional<StreamRange> range = inbound.latest();
    if (range.isPresent()) {
      StreamId stream = new StreamId(node, range.get().stream());
      Optional<DecoderState> start = resumption(stream, range.get());
      if (start.isPresent()) {
        startFeed(stream, start.get());
      }
    }
  }

  /**
   * Where feeding goes on: at the checkpoint, or, if the stream was joined after that, at its
   * beginning. Empty if it was not joined.
   */
  private Optional<DecoderState> resumption(StreamId stream, StreamRange range) throws IOException {
    Progress checkpoint = monitor.with(state -> state.applied().get(stream));
    if (checkpoint != null && InboundJournal.holds(range, checkpoint.offset())) {
      return Optional.of(DecoderState.of(checkpoint));
    }
    Progress joined = context.atStart().get(stream);
    return joined != null && InboundJournal.holds(range, joined.offset())
        ? inbound.startOf(range)
        : Optional.empty();
  }

  private void hold(StreamId stream) {
    monitor.with(
        state -> {
          state.inboxes().hold(stream);
          return null;
        });
  }

  /**
   * Asks the peer for its stream where ours ends, or begins anew.
   *
   * @return false if the peer's server does not hold that place: {@link #catchUp} then
   */
  boolean begin(PsyncSession session, NodeRecord peer) throws IOException {
    StreamId stream = peer.stream();
    Optional<Position> from = prepare(stream, peer);
    boolean isWanted = from.isPresent() && catchUp.isPossible();
    if (isWanted && !catchUp.isNeedless(session.primary(), from.get())) {
      return false;
    }
    SyncReply reply = session.sync(new SyncRequest(from, SyncRequest.Snapshot.EMPTY));
    if (isWanted && reply instanceof SyncReply.FullResync) {
      // Overwritten since it said what it holds: that cost it an empty snapshot.
      return false;
    }
    take(reply, session, peer);
    catchUp.isOver();
    status.change(join == null ? LinkState.STREAMING : LinkState.MERGING, "");
    return true;
  }

  private void take(SyncReply reply, PsyncSession session, NodeRecord peer) throws IOException {
    if (reply instanceof SyncReply.Continue next) {
      inbound.replidFile().write(next.replid());
    } else if (reply instanceof SyncReply.FullResync full) {
      session.skipSnapshot();
      beginMerge(peer.stream(), full.at(), peer);
    } else if (reply instanceof SyncReply.TryLater later) {
      throw new TryLaterException(later.reason());
    } else {
      throw new IOException(((SyncReply.Refused) reply).reason());
    }
  }

  /**
   * Goes on from the journals of agents, as far as that is possible now. After some time without
   * any that could, the next {@link #begin} does without and merges.
   */
  void catchUp(CatchUp.Connections connections) throws IOException, InterruptedException {
    catchUp.run(id, connections);
  }

  /** True if all of the stream up to here is in, so that anybody may tell how it goes on. */
  boolean canBeRelayed() throws IOException {
    StreamId current = id;
    return current != null && join == null && !wasRemoved(current.node());
  }

  /**
   * Goes on from the journals of agents while the peer's server cannot be reached.
   *
   * @param why it cannot
   * @return false if nothing came
   */
  boolean relay(String why, CatchUp.Connections connections)
      throws IOException, InterruptedException {
    StreamId current = id;
    return canBeRelayed() && catchUp.relay(current, why, connections);
  }

  /** Where to go on; empty if everything must be merged. */
  private synchronized Optional<Position> prepare(StreamId stream, NodeRecord peer)
      throws IOException {
    if (closed) {
      throw new IOException("the link is closed");
    }
    followed.follow(peer.node());
    if (feed == null || !stream.equals(id) || wasRemoved(peer.node())) {
      open(stream, peer);
    }
    return id == null
        ? Optional.empty()
        : Optional.of(new Position(inbound.replid(peer.stream()), inbound.end()));
  }

  private boolean wasRemoved(String node) throws IOException {
    return join == null && removedFile(node).read().isPresent();
  }

  private SmallFile removedFile(String node) {
    return PeerDirectory.removedFile(context.directory().directory(), node);
  }

  /** Goes on with a stream of which something is applied; without that, leaves {@code id} null. */
  private void open(StreamId stream, NodeRecord peer) throws IOException {
    Progress progress = progress(stream);
    stopFeed();
    if (progress == null || wasRemoved(peer.node())) {
      mayMergeNow(peer);
      return;
    }
    if (!inbound.holds(stream, progress.offset())) {
      inbound.begin(stream, progress);
    }
    startFeed(stream, DecoderState.of(progress));
  }

  /** While the own stream is still read after a restart, what the server said counts. */
  private Progress progress(StreamId stream) {
    Progress progress = monitor.with(state -> state.applied().get(stream));
    return progress == null ? context.atStart().get(stream) : progress;
  }

  /**
   * Of two nodes without a common point the one with the larger id merges first. A peer that knew
   * this node before and lost what it had waits for us.
   */
  private void mayMergeNow(NodeRecord peer) throws WaitingException {
    String own = context.ownNode();
    boolean knowsUs = peer.knows(own);
    boolean followsUs = peer.follows().contains(own) || peer.follows().contains("?");
    boolean waitsForUs = peer.forgot(own);
    if (!knowsUs && followsUs && !waitsForUs && own.compareTo(peer.node()) < 0) {
      throw new WaitingException(
          LinkState.WAITING_FOR_PEER_MERGE,
          "node " + peer.node() + " merges this node's data first");
    }
  }

  private synchronized void beginMerge(StreamId stream, Position at, NodeRecord peer)
      throws IOException {
    if (closed) {
      throw new IOException("the link is closed");
    }
    mayMergeNow(peer);
    LOG.info("{} has no position in common with us: merging its data", context.endpoint());
    stopFeed();
    inbound.begin(stream, DecoderState.at(at.offset()), at.replid());
    startFeed(stream, DecoderState.at(at.offset()));
    hold(stream);
    join =
        new Join(
            context.join(),
            context.endpoint(),
            context.settings(),
            fence,
            status,
            () -> joined(peer.node()));
    join.start(stream, peer, removedFile(peer.node()).read().isPresent());
  }

  private void joined(String node) {
    try {
      removedFile(node).delete();
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
    }
    join = null;
    status.change(LinkState.STREAMING, "");
  }

  private void startFeed(StreamId stream, DecoderState start) {
    id = stream;
    monitor.with(
        state -> {
          state.inboxes().open(stream, start);
          return null;
        });
    watch.expect(stream);
    feed = new PeerFeed(stream, start, inbound.journal(), monitor, watch, traffic);
    feed.start();
  }

  private void stopFeed() {
    if (join != null) {
      join.close();
      join = null;
    }
    if (feed != null) {
      feed.close();
      feed = null;
      watch.endFeed();
    }
    if (id != null) {
      StreamId closing = id;
      monitor.with(
          state -> {
            state.closeInbox(closing);
            return null;
          });
      id = null;
    }
  }

  void pump(PsyncSession session, Runnable onFlow) throws IOException, InterruptedException {
    Journal journal = inbound.journal();
    StreamPump.Sink sink = StreamPump.Sink.onFlow(onFlow, traffic);
    watch.linked(session);
    try {
      new StreamPump(session, journal, context.policy(), id.stream(), sink, status::trouble)
          .run(new LinkProbe(context.endpoint(), journal));
    } finally {
      watch.unlinked();
    }
    throw new InterruptedException();
  }

  private void restartLink(PsyncSession session) {
    session.close();
  }

  /** What cannot be read here any more is fetched from the peer again. */
  private void journalFailed(IOException cause) {
    LOG.error("{}; fetching it again from {}", cause.getMessage(), context.endpoint());
    status.trouble(String.valueOf(cause.getMessage()));
    synchronized (this) {
      if (feed == null || !feed.isCalling()) {
        return;
      }
      try {
        stopFeed();
        // Closing the feed has interrupted this thread, which is its own.
        Thread.interrupted();
        inbound.renew();
      } catch (IOException e) {
        status.trouble(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Bytes read from the peer and not decoded and applied yet. */
  public long lagBytes() {
    StreamId stream = id;
    PeerFeed current = feed;
    if (stream == null || current == null) {
      return 0;
    }
    boolean waiting = monitor.with(state -> state.inboxes().waitingBytes(stream) > 0);
    long done =
        waiting
            ? monitor.with(state -> state.applied().offset(stream))
            : current.released().offset();
    return Math.max(0, inbound.end() - done);
  }

  boolean isMerging() {
    return join != null;
  }

  /** How much came of the peer. */
  public Traffic traffic() {
    return traffic;
  }

  /** The stream being followed; null for none. */
  public StreamId id() {
    return id;
  }

  public Journal journal() {
    return inbound.journal();
  }

  /** Holds the replid under which the peer's server goes on with its stream. */
  public SmallFile replidFile() {
    return inbound.replidFile();
  }

  /** What was last heard of the peer's agent; null for nothing. */
  public Heartbeat lastHeartbeat() {
    return watch.lastHeartbeat();
  }

  /** {@code yes} if expiry and eviction at the peer can be told from deletes; else why not. */
  public String eventsStatus() {
    return watch.eventsStatus();
  }

  /**
   * How far the peer's clock was ahead of ours when it last spoke, at least; negative if it is
   * behind or the link is slow.
   */
  public long clockAheadMillis() {
    return watch.clockAheadMillis();
  }

  @Override
  public synchronized void close() {
    closed = true;
    stopFeed();
    followed.leave();
    fence.close();
    try {
      inbound.close();
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
    }
  }
}
