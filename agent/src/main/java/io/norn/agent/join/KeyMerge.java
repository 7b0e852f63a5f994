package io.norn.agent.join;

import io.norn.agent.config.Policies.InitialSync;
import io.norn.agent.join.FirstContact.Local;
import io.norn.apply.ApplyConnection;
import io.norn.apply.ExecRequest;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.ValueType;
import io.norn.merge.Emission;
import io.norn.merge.MergeState;
import io.norn.merge.SnapshotKey;
import io.norn.merge.Uncovered;
import io.norn.server.ServerError;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import io.norn.window.KeySet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges some keys of a snapshot in one watched transaction. */
final class KeyMerge {
  private static final Logger LOG = LoggerFactory.getLogger(KeyMerge.class);
  private static final long REFUSED_PAUSE_MILLIS = 500;
  private static final int REPLIES_PER_KEY = 3;
  private static final Set<ValueType> UNITED =
      Set.of(ValueType.HASH, ValueType.SET, ValueType.ZSET);

  private final JoinContext context;
  private final Snapshot snapshot;
  private final Mode mode;
  private final List<ChangeUnit> recent;
  private final KeySet opaque;
  private final Consumer<DbKey> contested;
  private final VersionVector covered;

  /** What the peer's state means for a key. */
  enum Mode {
    /** Absence means nothing, and what both hold is united. */
    FIRST_CONTACT,
    /** The peer's state holds all that was here at the last common point. */
    COMMON_POINT,
    /**
     * The peer may lack some of what third nodes wrote and is here: its values count, but its
     * absences mean nothing.
     */
    SUPERSET
  }

  /**
   * Prepares it.
   *
   * @param recent what the peer's stream brought up to the snapshot
   * @param opaque keys written here by commands of which the snapshot does not know and which
   *     cannot be executed again
   * @param contested gets the keys of which one value was chosen that others may not choose
   */
  KeyMerge(
      JoinContext context,
      Snapshot snapshot,
      Mode mode,
      List<ChangeUnit> recent,
      KeySet opaque,
      Consumer<DbKey> contested) {
    this.context = context;
    this.snapshot = snapshot;
    this.mode = mode;
    this.recent = recent;
    this.opaque = opaque;
    this.contested = contested;
    this.covered = context.monitor().with(this::covered);
  }

  /** What the snapshot holds; of its own node all that was ever applied here. */
  private VersionVector covered(MergeState state) {
    Map<StreamId, Progress> ofPeer = new HashMap<>(state.applied().entries());
    ofPeer.keySet().removeIf(stream -> !stream.node().equals(snapshot.stream().node()));
    ofPeer.put(snapshot.stream(), new Progress(snapshot.offset(), 0, 0, 0));
    return snapshot.vector().with(ofPeer);
  }

  /** Merges the keys; tries again with fewer at once while clients write to them. */
  void merge(List<SnapshotKey> keys) throws IOException, InterruptedException {
    ExecRequest.Outcome outcome = transact(keys);
    if (outcome instanceof ExecRequest.Outcome.Aborted) {
      int half = Math.max(1, keys.size() / 2);
      for (int from = 0; from < keys.size(); from += half) {
        merge(keys.subList(from, Math.min(keys.size(), from + half)));
      }
    } else if (outcome instanceof ExecRequest.Outcome.Committed committed) {
      for (ExecRequest.Failure failure : committed.failures()) {
        mergeApart(keys, failure);
      }
    }
  }

  /** A payload that the local server does not take is written command by command. */
  private void mergeApart(List<SnapshotKey> keys, ExecRequest.Failure failure)
      throws IOException, InterruptedException {
    DbKey key = failure.command().key();
    SnapshotKey refused =
        keys.stream().filter(each -> each.key().equals(key)).findFirst().orElseThrow();
    LOG.info("Key {} is written command by command: {}", key, failure.error().message());
    SnapshotKey apart = refused.madeBy(ValueCommands.of(refused, failure.error().message()));
    while (true) {
      ExecRequest.Outcome outcome = transact(List.of(apart));
      if (outcome instanceof ExecRequest.Outcome.Committed committed) {
        if (!committed.failures().isEmpty()) {
          throw ValueCommands.cannotMerge(
              refused, committed.failures().get(0).error().message(), null);
        }
        return;
      }
    }
  }

  private ExecRequest.Outcome transact(List<SnapshotKey> keys)
      throws IOException, InterruptedException {
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
    return transact(watched, reads, replies -> write(keys, replies));
  }

  /** Moves the version vector on: the snapshot is in. */
  void finish() throws IOException, InterruptedException {
    ExecRequest.Outcome outcome;
    do {
      outcome = transact(Set.of(), List.of(), replies -> finished());
    } while (!(outcome instanceof ExecRequest.Outcome.Committed));
  }

  /**
   * What the snapshot covers is in now, of other nodes too, so they can be followed without
   * snapshots of their own.
   */
  private ApplyConnection.Write finished() {
    return new ApplyConnection.Write(
        List.of(),
        context
            .monitor()
            .with(
                state ->
                    state.progressAfterSnapshot(
                        snapshot.stream(), snapshot.offset(), snapshot.vector())));
  }

  /** Committed or aborted. */
  private ExecRequest.Outcome transact(
      Set<DbKey> watched, List<byte[][]> reads, ApplyConnection.Step step)
      throws IOException, InterruptedException {
    while (true) {
      ExecRequest.Outcome outcome =
          context.writer().run(connection -> connection.run(watched, reads, step));
      if (!(outcome instanceof ExecRequest.Outcome.Refused refused)) {
        return outcome;
      }
      LOG.warn("Merging waits, the local server answers: {}", refused.error().message());
      Thread.sleep(REFUSED_PAUSE_MILLIS);
    }
  }

  private ApplyConnection.Write write(List<SnapshotKey> keys, List<Object> replies) {
    return context
        .monitor()
        .with(
            state -> {
              List<Emission> emissions = new ArrayList<>();
              for (int i = 0; i < keys.size(); i++) {
                SnapshotKey key = keys.get(i);
                List<Object> read = replies.subList(REPLIES_PER_KEY * i, REPLIES_PER_KEY * (i + 1));
                emissions.addAll(decide(key, local(key, read), state));
              }
              return emissions.isEmpty() ? null : new ApplyConnection.Write(emissions, Map.of());
            });
  }

  private static Local local(SnapshotKey key, List<Object> read) {
    for (Object reply : read) {
      if (reply instanceof ServerError error) {
        throw new UncheckedIOException(
            new IOException("key " + key.key() + " cannot be read: " + error.message()));
      }
    }
    long expiry = read.get(2) instanceof Long at ? at : -1;
    return new Local(read.get(1) instanceof byte[] raw ? raw : null, expiry);
  }

  private List<Emission> decide(SnapshotKey peer, Local local, MergeState state) {
    long nowMillis = System.currentTimeMillis();
    try {
      Uncovered uncovered = state.uncovered(peer.key(), covered);
      if (uncovered.replaced() || !uncovered.isEmpty()) {
        // What each side remembers differs now, and so may what each makes of the time to live.
        state.window().doubtExpiry(peer.key());
      }
      boolean isChosen = uncovered.replaced() || mode != Mode.COMMON_POINT;
      if ((isChosen || opaque.contains(peer.key())) && Conflict.isBetween(peer, local)) {
        contested.accept(peer.key());
      }
      if (uncovered.replaced() || opaque.contains(peer.key())) {
        SnapshotKey mine = new SnapshotKey(peer.key(), local.payload(), local.expiryMillis());
        return state.decideKey(peer.key(), recent, new PeerFacts(mine), nowMillis);
      }
      if (mode == Mode.FIRST_CONTACT) {
        return new FirstContact(context.policy()).merge(peer, local, uncovered.operations());
      }
      if (mode == Mode.SUPERSET && UNITED.contains(peer.type())) {
        return new FirstContact(InitialSync.PREFER_PEER).merge(peer, local, uncovered.operations());
      }
      if (!uncovered.isEmpty()) {
        return peer.takeOver(
            snapshot.stream(),
            recent,
            uncovered.operations(),
            new PeerFacts(peer),
            state.table(),
            nowMillis);
      }
      return isEqual(peer, local) ? List.of() : peer.takeOver();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isEqual(SnapshotKey peer, Local local) {
    return Arrays.equals(peer.payload(), local.payload())
        && Math.max(0, peer.expiryMillis()) == Math.max(0, local.expiryMillis());
  }
}
