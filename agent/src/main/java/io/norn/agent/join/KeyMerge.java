package io.norn.agent.join;

import io.norn.agent.join.FirstContact.Local;
import io.norn.apply.ApplyConnection;
import io.norn.apply.ExecRequest;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.merge.Emission;
import io.norn.merge.Recording;
import io.norn.merge.SnapshotKey;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Text;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges some keys of a snapshot in one watched transaction. */
final class KeyMerge {
  private static final Logger LOG = LoggerFactory.getLogger(KeyMerge.class);
  private static final long REFUSED_PAUSE_MILLIS = 500;

  private final JoinContext context;
  private final Snapshot snapshot;
  private final Mode mode;
  private final List<ChangeUnit> recent;

  /** What the peer's state means for a key. */
  enum Mode {
    /** Absence means nothing, and what both hold is united. */
    FIRST_CONTACT,
    /** The peer's state holds all that was here at the last common point. */
    COMMON_POINT
  }

  /**
   * Prepares it.
   *
   * @param recent what the peer's stream brought up to the snapshot
   */
  KeyMerge(JoinContext context, Snapshot snapshot, Mode mode, List<ChangeUnit> recent) {
    this.context = context;
    this.snapshot = snapshot;
    this.mode = mode;
    this.recent = recent;
  }

  /** Merges the keys; tries again while clients write to them. */
  void merge(List<SnapshotKey> keys) throws IOException, InterruptedException {
    Set<DbKey> watched = new HashSet<>();
    List<byte[][]> reads = new ArrayList<>();
    for (SnapshotKey key : keys) {
      watched.add(key.key());
      String db = Integer.toString(key.key().db());
      reads.add(new byte[][] {Text.bytes("SELECT"), Text.bytes(db)});
      reads.add(new byte[][] {Text.bytes("DUMP"), key.key().key().raw()});
      reads.add(new byte[][] {Text.bytes("PEXPIRETIME"), key.key().key().raw()});
    }
    reads.add(new byte[][] {Text.bytes("SELECT"), Text.bytes("0")});
    transact(watched, reads, replies -> write(keys, replies));
  }

  /** Moves the version vector on: the snapshot is in. */
  void finish(Map<StreamId, Progress> advanced) throws IOException, InterruptedException {
    transact(Set.of(), List.of(), replies -> new ApplyConnection.Write(List.of(), advanced));
  }

  private void transact(Set<DbKey> watched, List<byte[][]> reads, ApplyConnection.Step step)
      throws IOException, InterruptedException {
    while (true) {
      ExecRequest.Outcome outcome =
          context.writer().run(connection -> connection.run(watched, reads, step));
      if (outcome instanceof ExecRequest.Outcome.Committed committed) {
        committed.failures().forEach(failure -> LOG.error("Not merged: {}", failure.error()));
        return;
      }
      if (outcome instanceof ExecRequest.Outcome.Refused refused) {
        LOG.warn("Merging waits, the local server answers: {}", refused.error().message());
        Thread.sleep(REFUSED_PAUSE_MILLIS);
      }
    }
  }

  private ApplyConnection.Write write(List<SnapshotKey> keys, List<Object> replies) {
    return context
        .monitor()
        .with(
            state -> {
              List<Emission> emissions = new ArrayList<>();
              for (int i = 0; i < keys.size(); i++) {
                Object dump = replies.get(3 * i + 1);
                long expiry = replies.get(3 * i + 2) instanceof Long at ? at : -1;
                Local local = new Local(dump instanceof byte[] raw ? raw : null, expiry);
                emissions.addAll(decide(keys.get(i), local, state.recording()));
              }
              return emissions.isEmpty() ? null : new ApplyConnection.Write(emissions, Map.of());
            });
  }

  private List<Emission> decide(SnapshotKey peer, Local local, Recording recording) {
    try {
      if (recording.isFlushed(peer.key(), snapshot.vector())) {
        return List.of();
      }
      List<Recording.Recorded> written = recording.uncovered(peer.key(), snapshot.vector());
      if (mode == Mode.FIRST_CONTACT) {
        return new FirstContact(context.policy()).merge(peer, local, written);
      }
      if (!written.isEmpty()) {
        return peer.takeOver(
            snapshot.stream(), recent, written, new PeerFacts(peer), System.currentTimeMillis());
      }
      return isEqual(peer, local) ? List.of() : List.of(peer.takeOver());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEqual(SnapshotKey peer, Local local) {
    return Arrays.equals(peer.payload(), local.payload())
        && Math.max(0, peer.expiryMillis()) == Math.max(0, local.expiryMillis());
  }
}
