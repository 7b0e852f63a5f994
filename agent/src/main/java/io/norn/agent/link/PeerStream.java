package io.norn.agent.link;

import io.norn.agent.join.Fence;
import io.norn.agent.join.Join;
import io.norn.agent.node.NodeRecord;
import io.norn.agent.part.Heartbeat;
import io.norn.agent.part.LinkState;
import io.norn.agent.part.LinkStatus;
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
  private Journal journal;
  private StreamId id;
  private PeerFeed feed;
  private volatile Join join;

  PeerStream(PeerContext context, LinkStatus status, PeerIdentity identity) throws IOException {
    this.context = context;
    this.status = status;
    this.identity = identity;
    this.monitor = context.monitor();
    this.fence = new Fence(context.endpoint(), monitor);
    this.watch = new PeerWatch(context, fence, this::restartLink, this::journalFailed);
    this.journal = context.directory().openJournal();
  }

  /** Feeds from the journal what was in it before a restart. */
  synchronized void resume() throws IOException {
    String node = identity.node();
    if (node.isEmpty()) {
      return;
    }
    joinMesh(node);
    Optional<StreamRange> range = journal.latest();
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
    if (checkpoint != null && holds(range, checkpoint.offset())) {
      return Optional.of(DecoderState.of(checkpoint));
    }
    Progress joined = context.atStart().get(stream);
    return joined != null && holds(range, joined.offset())
        ? context.directory().readStart(stream.stream(), range.firstOffset())
        : Optional.empty();
  }

  private void joinMesh(String node) {
    monitor.with(
        state -> {
          state.forgetting().join(node);
          return null;
        });
  }

  /** Asks the peer for its stream where ours ends, or begins anew. */
  synchronized void begin(PsyncSession session, NodeRecord peer) throws IOException {
    StreamId stream = peer.stream();
    joinMesh(peer.node());
    if (feed == null || !stream.equals(id)) {
      open(stream, peer);
    }
    Optional<Position> from = id == null ? Optional.empty() : Optional.of(position(peer));
    SyncReply reply = session.sync(new SyncRequest(from, SyncRequest.Snapshot.EMPTY));
    if (reply instanceof SyncReply.Continue next) {
      context.directory().replidFile().write(next.replid());
    } else if (reply instanceof SyncReply.FullResync full) {
      session.skipSnapshot();
      beginMerge(stream, full.at(), peer);
    } else if (reply instanceof SyncReply.TryLater later) {
      throw new TryLaterException(later.reason());
    } else {
      throw new IOException(((SyncReply.Refused) reply).reason());
    }
    status.change(join == null ? LinkState.STREAMING : LinkState.MERGING, "");
  }

  private Position position(NodeRecord peer) throws IOException {
    String replid =
        context.directory().replidFile().read().orElse(StreamName.replid(peer.stream().stream()));
    return new Position(replid, journal.end());
  }

  /** Goes on with a stream of which something is applied; without that, leaves {@code id} null. */
  private void open(StreamId stream, NodeRecord peer) throws IOException {
    Progress progress = progress(stream);
    stopFeed();
    if (progress == null) {
      mayMergeNow(peer);
      return;
    }
    boolean held =
        journal.latest().isPresent()
            && journal.latest().get().stream().equals(stream.stream())
            && holds(journal.latest().get(), progress.offset());
    if (!held) {
      beginJournal(stream, DecoderState.of(progress));
      context.directory().replidFile().write(StreamName.replid(stream.stream()));
    }
    startFeed(stream, DecoderState.of(progress));
  }

  /** While the own stream is still read after a restart, what the server said counts. */
  private Progress progress(StreamId stream) {
    Progress progress = monitor.with(state -> state.applied().get(stream));
    return progress == null ? context.atStart().get(stream) : progress;
  }

  private static boolean holds(StreamRange range, long offset) {
    return range.firstOffset() <= offset && offset <= range.endOffset();
  }

  /** Of two nodes without a common point the one with the larger id merges first. */
  private void mayMergeNow(NodeRecord peer) throws WaitingException {
    String own = context.ownNode();
    boolean knowsUs = peer.knows(own);
    boolean followsUs = peer.follows().contains(own) || peer.follows().contains("?");
    if (!knowsUs && followsUs && own.compareTo(peer.node()) < 0) {
      throw new WaitingException(
          LinkState.WAITING_FOR_PEER_MERGE,
          "node " + peer.node() + " merges this node's data first");
    }
  }

  private void beginMerge(StreamId stream, Position at, NodeRecord peer) throws IOException {
    mayMergeNow(peer);
    LOG.info("{} has no position in common with us: merging its data", context.endpoint());
    stopFeed();
    beginJournal(stream, DecoderState.at(at.offset()));
    context.directory().replidFile().write(at.replid());
    startFeed(stream, DecoderState.at(at.offset()));
    monitor.with(
        state -> {
          state.hold(stream);
          return null;
        });
    join =
        new Join(
            context.join(), context.endpoint(), context.settings(), fence, status, this::joined);
    join.start(stream, at.offset(), peer.knows(context.ownNode()));
  }

  private void joined() {
    join = null;
    status.change(LinkState.STREAMING, "");
  }

  private void startFeed(StreamId stream, DecoderState start) {
    id = stream;
    monitor.with(
        state -> {
          state.openInbox(stream, start);
          return null;
        });
    watch.expect(stream);
    feed = new PeerFeed(stream, start, journal, monitor, watch);
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

  private void beginJournal(StreamId stream, DecoderState start) throws IOException {
    renewJournal();
    context.directory().writeStart(stream.stream(), start);
    journal.append(stream.stream(), start.offset(), start.db(), new byte[0], 0, 0);
  }

  private void renewJournal() throws IOException {
    journal.close();
    context.directory().damagedFile().write("renewed");
    journal = context.directory().openJournal();
  }

  void pump(PsyncSession session, Runnable onFlow) throws IOException, InterruptedException {
    watch.linked(session);
    StreamPump.Sink sink = StreamPump.Sink.onFlow(onFlow);
    new StreamPump(session, journal, context.policy(), id.stream(), sink, status::trouble).run();
  }

  private void restartLink(PsyncSession session) {
    session.close();
  }

  /** What cannot be read here any more is fetched from the peer again. */
  private void journalFailed(IOException cause) {
    LOG.error("{}; fetching it again from {}", cause.getMessage(), context.endpoint());
    status.trouble(String.valueOf(cause.getMessage()));
    synchronized (this) {
      try {
        stopFeed();
        renewJournal();
      } catch (IOException e) {
        status.trouble(String.valueOf(e.getMessage()));
      }
    }
  }

  /** Bytes read from the peer and not decoded and applied yet. */
  public synchronized long lagBytes() {
    if (id == null) {
      return 0;
    }
    StreamId stream = id;
    boolean waiting = monitor.with(state -> state.waitingBytes(stream) > 0);
    long end = journal.end();
    long done =
        waiting
            ? monitor.with(state -> state.applied().offset(stream))
            : feed == null ? end : feed.released().offset();
    return Math.max(0, end - done);
  }

  /** The stream being followed; null for none. */
  public synchronized StreamId id() {
    return id;
  }

  public synchronized Journal journal() {
    return journal;
  }

  /** What was last heard of the peer's agent; null for nothing. */
  public Heartbeat lastHeartbeat() {
    return watch.lastHeartbeat();
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
    stopFeed();
    fence.close();
    try {
      journal.close();
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
    }
  }
}
