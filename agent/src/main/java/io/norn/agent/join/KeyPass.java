package io.norn.agent.join;

import io.norn.agent.part.LinkStatus;
import io.norn.apply.ApplyConnection;
import io.norn.command.DbKey;
import io.norn.command.MergePolicy;
import io.norn.merge.SnapshotKey;
import io.norn.rdb.KeyEntry;
import io.norn.server.ServerConnection;
import io.norn.stream.Reserved;
import io.norn.window.KeySet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Goes through the keys of a snapshot, and then through those that it lacks. */
final class KeyPass {
  private static final int KEYS_AT_ONCE = 64;
  private static final long MAX_BYTES_AT_ONCE = 1 << 20;

  private final JoinContext context;
  private final KeyMerge merge;
  private final Snapshot snapshot;
  private final LinkStatus status;
  private final KeyMerge.Mode mode;
  private final MergePolicy policy;
  private final KeySet present = new KeySet();
  private final List<SnapshotKey> waiting = new ArrayList<>();
  private final long beginNanos = System.nanoTime();
  private long waitingBytes;
  private long done;

  KeyPass(
      JoinContext context,
      KeyMerge merge,
      Snapshot snapshot,
      LinkStatus status,
      KeyMerge.Mode mode) {
    this.context = context;
    this.merge = merge;
    this.snapshot = snapshot;
    this.status = status;
    this.mode = mode;
    this.policy = context.monitor().with(state -> state.table().policy());
  }

  void mergePresent() throws IOException, InterruptedException {
    try {
      snapshot.forEach(context.target(), this::add);
    } catch (InterruptedMergeException e) {
      throw new InterruptedException();
    }
    flush();
  }

  private void add(KeyEntry entry) throws IOException {
    if (!policy.isShared(entry.key())) {
      return;
    }
    DbKey key = DbKey.of(entry.db(), entry.key());
    if (mode == KeyMerge.Mode.COMMON_POINT) {
      present.add(key);
    }
    waiting.add(new SnapshotKey(key, entry.payload(), entry.expireAtMillis()));
    waitingBytes += entry.payload().length;
    if (waiting.size() >= KEYS_AT_ONCE || waitingBytes >= MAX_BYTES_AT_ONCE) {
      try {
        flush();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedMergeException();
      }
    }
  }

  private void flush() throws IOException, InterruptedException {
    if (!waiting.isEmpty()) {
      merge.merge(List.copyOf(waiting));
      done += waiting.size();
      waiting.clear();
      waitingBytes = 0;
      showProgress();
    }
  }

  private void showProgress() {
    double seconds = (System.nanoTime() - beginNanos) / 1e9;
    long rate = Math.round(done / Math.max(seconds, 0.001));
    long percent = snapshot.keys() == 0 ? 100 : 100 * done / snapshot.keys();
    long leftSeconds = rate == 0 ? 0 : (snapshot.keys() - done) / rate;
    status.progress("merging: " + percent + " %, " + rate + " keys/s, " + leftSeconds + " s left");
  }

  /** With a common point absence means that the peer's clients removed the key. */
  void mergeAbsent() throws IOException, InterruptedException {
    if (mode != KeyMerge.Mode.COMMON_POINT) {
      return;
    }
    for (int db : context.writer().run(KeyPass::databases)) {
      String cursor = "0";
      do {
        String from = cursor;
        List<?> page = context.writer().run(connection -> scan(connection, db, from));
        cursor = ServerConnection.text(page.get(0));
        List<SnapshotKey> absent = absent(db, (List<?>) page.get(1));
        if (!absent.isEmpty()) {
          merge.merge(absent);
        }
      } while (!cursor.equals("0"));
    }
  }

  private static List<Integer> databases(ApplyConnection connection) throws IOException {
    return connection.databases();
  }

  private static List<?> scan(ApplyConnection connection, int db, String cursor)
      throws IOException {
    return connection.scan(db, cursor, KEYS_AT_ONCE);
  }

  private List<SnapshotKey> absent(int db, List<?> names) {
    List<SnapshotKey> absent = new ArrayList<>();
    for (Object name : names) {
      DbKey key = DbKey.of(db, (byte[]) name);
      boolean isForeign = Reserved.isReserved((byte[]) name) || !policy.isShared((byte[]) name);
      if (!present.contains(key) && !isForeign) {
        absent.add(new SnapshotKey(key, null, -1));
      }
    }
    return absent;
  }

  /** Carries an interrupt out of a callback that may only throw IO errors. */
  private static final class InterruptedMergeException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}
