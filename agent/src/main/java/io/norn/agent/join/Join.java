package io.norn.agent.join;

import io.norn.agent.node.NodeRecord;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Worker;
import io.norn.apply.ApplyConnection;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.server.ServerConnection;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.Reserved;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.VersionVector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final long POLL_MILLIS = 50;
  private static final int POLLS_PER_QUESTION = 10;

  private final JoinContext context;
  private final Endpoint peer;
  private final LinkSettings settings;
  private final Fence fence;
  private final LinkStatus status;
  private final Runnable onDone;
  private Worker worker;

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
   * @param attached from where it is being read
   * @param isKnown true if the peer's version vector shows this node, so that there is a common
   *     point
   */
  public void start(StreamId stream, long attached, boolean isKnown) {
    KeyMerge.Mode mode = isKnown ? KeyMerge.Mode.COMMON_POINT : KeyMerge.Mode.FIRST_CONTACT;
    worker = new Worker("merge-" + stream.node(), () -> run(stream, attached, mode));
    worker.start();
  }

  private void run(StreamId stream, long attached, KeyMerge.Mode mode) throws InterruptedException {
    status.progress("waiting for another merge");
    context.turn().acquire();
    try {
      while (true) {
        try {
          merge(stream, attached, mode);
          break;
        } catch (IOException | RuntimeException e) {
          LOG.warn("Merging {} starts over: {}", peer, e.getMessage());
          status.progress("starts over: " + e.getMessage());
          Thread.sleep(RETRY_MILLIS);
        }
      }
    } finally {
      context
          .monitor()
          .with(
              state -> {
                state.stopRecording();
                return null;
              });
      context.turn().release();
    }
    onDone.run();
  }

  private void merge(StreamId stream, long attached, KeyMerge.Mode mode)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    NodeMonitor monitor = context.monitor();
    monitor.with(
        state -> {
          state.startRecording();
          return null;
        });
    fence.pass(stream, attached);
    long ownPlace = context.writer().run(this::settle);
    if (mode == KeyMerge.Mode.COMMON_POINT) {
      awaitPeerHas(stream.node(), ownPlace);
    }
    Path file = context.spool().resolve("snapshot-" + stream.node() + ".rdb");
    try {
      long offset = receive(file);
      fence.pass(stream, offset);
      Snapshot snapshot = Snapshot.open(file, stream, offset, context.target());
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

  private long settle(ApplyConnection connection) throws IOException, InterruptedException {
    connection.settle();
    return context.monitor().with(state -> state.processed().offset());
  }

  /** The peer's state must hold everything that is not remembered here any more. */
  private void awaitPeerHas(String peerNode, long ownPlace)
      throws IOException, InterruptedException {
    status.progress("waiting until the peer has applied what was written here before");
    try (ServerConnection server = ServerConnection.open(peer)) {
      VersionVector wanted = context.monitor().with(state -> foreign(state.applied(), peerNode));
      StreamId own = context.monitor().with(state -> state.ownStream());
      VersionVector vector = NodeRecord.read(server).vector();
      for (int i = 0;
          !vector.coversAll(wanted) || !vector.covers(own, lastOwnChange(ownPlace));
          i++) {
        if (i % POLLS_PER_QUESTION == 0) {
          server.require("SPUBLISH", Reserved.CHANNEL, Reserved.VECTOR_QUESTION);
        }
        Thread.sleep(POLL_MILLIS);
        vector = NodeRecord.read(server).vector();
      }
    }
  }

  /**
   * The peer's vector moves only with changes, so nothing but the last change of ours can be
   * expected in it.
   */
  private long lastOwnChange(long ownPlace) {
    return Math.min(ownPlace, context.monitor().with(state -> state.lastOwnChange()));
  }

  private static VersionVector foreign(VersionVector applied, String peerNode) {
    Map<StreamId, Progress> entries = new HashMap<>(applied.entries());
    entries.keySet().removeIf(stream -> stream.node().equals(peerNode));
    return VersionVector.of(entries);
  }

  private long receive(Path file) throws IOException {
    status.progress("waiting for the peer's snapshot");
    try (PsyncSession session = PsyncSession.open(settings)) {
      SyncReply reply = session.sync(new SyncRequest(Optional.empty(), SyncRequest.Snapshot.FULL));
      if (!(reply instanceof SyncReply.FullResync full)) {
        throw new IOException(peer + ": " + reply);
      }
      session.receiveSnapshot(file, this::showReceived);
      return full.at().offset();
    }
  }

  private void showReceived(long bytes, long totalBytes) {
    String total = totalBytes > 0 ? " of " + (totalBytes >> 10) : "";
    status.progress("receiving the snapshot: " + (bytes >> 10) + total + " kB");
  }

  private void mergeKeys(Snapshot snapshot, KeyMerge.Mode mode)
      throws IOException, InterruptedException {
    StreamId stream = snapshot.stream();
    NodeMonitor monitor = context.monitor();
    List<ChangeUnit> recent = monitor.with(state -> state.heldUnits(stream, snapshot.offset()));
    KeyMerge merge = new KeyMerge(context, snapshot, mode, recent);
    KeyPass pass = new KeyPass(context, merge, snapshot, status);
    pass.mergePresent();
    if (mode == KeyMerge.Mode.COMMON_POINT) {
      pass.mergeAbsent();
    }
    DecoderState there = monitor.with(state -> state.heldStateAt(stream, snapshot.offset()));
    merge.finish(advanced(snapshot, there));
    context.writer().run(this::settle);
    monitor.with(
        state -> {
          state.release(stream);
          return null;
        });
    monitor.poke();
  }

  /**
   * What the snapshot covers is in now, of other nodes too, so they can be followed without
   * snapshots of their own.
   */
  private Map<StreamId, Progress> advanced(Snapshot snapshot, DecoderState there) {
    String own = context.monitor().with(state -> state.ownStream().node());
    Map<StreamId, Progress> advanced = new HashMap<>(snapshot.vector().entries());
    advanced.keySet().removeIf(stream -> stream.node().equals(own));
    advanced.put(snapshot.stream(), there.asProgress(0));
    return advanced;
  }

  @Override
  public void close() {
    if (worker != null) {
      worker.close();
    }
  }
}
