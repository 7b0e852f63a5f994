package io.norn.agent.join;

import io.norn.agent.node.NodeRecord;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Worker;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.VersionVector;
import io.norn.window.KeySet;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Merges a peer's dataset while its live stream is already being read, so that the stamps of
 * everything written since are known. Starts over when something breaks; nothing is complete before
 * the version vector says so.
 */
public final class Join implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Join.class);
  private static final long RETRY_MILLIS = 1000;
  private static final long LONGEST_RETRY_MILLIS = 30_000;
  private static final long POLL_MILLIS = 50;

  private final JoinContext context;
  private final Endpoint peer;
  private final LinkSettings settings;
  private final Fence fence;
  private final LinkStatus status;
  private final Runnable onDone;
  private Worker worker;
  private volatile boolean areMany;

  public Join(
      JoinContext context,
      Endpoint peer,
      LinkSettings settings,
      Fence fence,
      LinkStatus status,
      Runnable onDone) {
    this.context = context;
    this.peer = peer;
    this.settings = settings;
    this.fence = fence;
    this.status = status;
    this.onDone = onDone;
  }

  /**
   * Begins.
   *
   * @param stream the peer's stream, held in the state
   * @param record what the peer's server says of its node
   * @param removed true if the peer was removed and added again
   */
  public void start(StreamId stream, NodeRecord record, boolean removed) {
    boolean isKnown = record.knows(context.monitor().with(state -> state.ownStream().node()));
    MergeNotice notice = isKnown ? new MergeNotice(context, record, removed) : null;
    areMany = record.follows().size() > 1 || context.meeting().isWithMany();
    worker = new Worker("merge-" + stream.node(), () -> run(stream, notice));
    worker.start();
  }

  private void run(StreamId stream, MergeNotice notice) throws InterruptedException {
    repeat(notice == null ? () -> {} : notice::post);
    status.progress("waiting for another merge");
    context.meeting().acquire();
    try {
      repeat(() -> merge(stream, notice));
    } finally {
      context
          .monitor()
          .with(
              state -> {
                state.stopRecording();
                return null;
              });
      context.meeting().release();
    }
    repeat(notice == null ? () -> {} : notice::remove);
    onDone.run();
  }

  /** A step that may have to be done again. */
  private interface Step {
    void run() throws IOException, InterruptedException;
  }

  private void repeat(Step step) throws InterruptedException {
    long pauseMillis = RETRY_MILLIS;
    while (true) {
      try {
        step.run();
        return;
      } catch (IOException | RuntimeException e) {
        LOG.warn("Merging {} starts over: {}", peer, e.getMessage());
        status.progress("starts over: " + e.getMessage());
        Thread.sleep(pauseMillis);
        pauseMillis = Math.min(LONGEST_RETRY_MILLIS, 2 * pauseMillis);
      }
    }
  }

  private void merge(StreamId stream, MergeNotice notice) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    context
        .monitor()
        .with(
            state -> {
              state.inboxes().unlimitHeld(stream);
              state.startRecording();
              return null;
            });
    fence.pass();
    context.writer().settle();
    KeyMerge.Mode mode =
        notice == null
            ? KeyMerge.Mode.FIRST_CONTACT
            : new CommonPoint(context, peer, notice, status).await();
    Path file = context.spool().resolve("snapshot-" + stream.node() + ".rdb");
    try {
      long offset = receive(stream, file);
      Snapshot snapshot = Snapshot.open(file, stream, offset, context.target());
      awaitThirdNodes(snapshot);
      mergeKeys(snapshot, mode);
      LOG.info(
          "Merged {} keys of {} in {} ms",
          snapshot.keys(),
          peer,
          (System.nanoTime() - begin) / 1_000_000);
    } finally {
      Files.deleteIfExists(file);
    }
  }

  /**
   * The place of the snapshot in the peer's stream; everything before it is stamped then. The fence
   * comes before the bytes, so that little of what is written meanwhile has to be held in memory.
   */
  private long receive(StreamId stream, Path file) throws IOException, InterruptedException {
    status.progress("waiting for the peer's snapshot");
    try (PsyncSession session = PsyncSession.open(settings)) {
      SyncReply reply = session.sync(new SyncRequest(Optional.empty(), SyncRequest.Snapshot.FULL));
      if (!(reply instanceof SyncReply.FullResync full)) {
        throw new IOException(peer + ": " + reply);
      }
      long offset = full.at().offset();
      if (!context.monitor().with(state -> state.inboxes().keepHeldFrom(stream, offset))) {
        throw new IOException(peer + ": its stream ran ahead of its snapshot");
      }
      fence.pass();
      context
          .monitor()
          .with(
              state -> {
                state.inboxes().limitHeld(stream);
                return null;
              });
      session.receiveSnapshot(file, this::showReceived);
      return offset;
    }
  }

  /**
   * What the snapshot holds of a third node should come from that node itself, so that it is
   * remembered one by one; it is not waited for if the node cannot be reached.
   */
  private void awaitThirdNodes(Snapshot snapshot) throws InterruptedException {
    Standstill standstill = new Standstill(Standstill.LIMIT_MILLIS);
    Set<StreamId> missing = missing(snapshot);
    while (!missing.isEmpty() && !standstill.isIn(missing, applied(), System.currentTimeMillis())) {
      status.progress("waiting for what other nodes wrote");
      Thread.sleep(POLL_MILLIS);
      missing = missing(snapshot);
    }
  }

  private Set<StreamId> missing(Snapshot snapshot) {
    return context.monitor().with(state -> state.inboxes().missing(snapshot.vector()));
  }

  private VersionVector applied() {
    return context.monitor().with(state -> state.applied());
  }

  private void showReceived(long bytes, long totalBytes) {
    String total = totalBytes > 0 ? " of " + (totalBytes >> 10) : "";
    status.progress("receiving the snapshot: " + (bytes >> 10) + total + " kB");
  }

  private void mergeKeys(Snapshot snapshot, KeyMerge.Mode mode)
      throws IOException, InterruptedException {
    StreamId stream = snapshot.stream();
    NodeMonitor monitor = context.monitor();
    List<ChangeUnit> recent =
        monitor.with(state -> state.inboxes().heldUnits(stream, snapshot.offset()));
    // Of two nodes the other one takes over whatever is chosen here.
    Consumer<DbKey> contested = areMany ? context.contested()::add : key -> {};
    KeySet opaque = OpaqueKeys.since(context, snapshot);
    KeyMerge merge = new KeyMerge(context, snapshot, mode, recent, opaque, contested);
    KeyPass pass = new KeyPass(context, merge, snapshot, status, mode);
    pass.mergePresent();
    pass.mergeAbsent();
    merge.finish();
    context.writer().settle();
    monitor.with(
        state -> {
          state.inboxes().release(stream);
          return null;
        });
    monitor.poke();
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
