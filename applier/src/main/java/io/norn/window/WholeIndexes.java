package io.norn.window;

import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/** The latest whole-key operations of all streams. */
final class WholeIndexes {
  private final Map<StreamId, WholeIndex> byOrigin = new HashMap<>();

  /** Adds what is the latest on its key. In its own stream's index it hides what was there. */
  void add(DbKey key, WholeOp op) {
    for (WholeIndex index : byOrigin.values()) {
      if (!index.isNext(op)) {
        index.drop(key);
      }
    }
    byOrigin.computeIfAbsent(op.stamp().origin(), WholeIndex::new).add(key, op);
  }

  /** What is overwritten must not come to light again when what overwrote it is forgotten. */
  void drop(DbKey key) {
    byOrigin.values().forEach(index -> index.drop(key));
  }

  /** Null if none is remembered. */
  WholeOp latest(DbKey key) {
    WholeOp latest = null;
    for (WholeIndex index : byOrigin.values()) {
      WholeOp op = index.get(key);
      boolean isLatest = op != null && (latest == null || op.stamp().isAfter(latest.stamp()));
      latest = isLatest ? op : latest;
    }
    return latest;
  }

  /**
   * False if a later one is there; what comes in the order of its stream is later than all of it.
   */
  boolean isLatest(DbKey key, WholeOp op) {
    for (WholeIndex index : byOrigin.values()) {
      WholeOp other = index.isNext(op) ? null : index.get(key);
      if (other != null && other.stamp().isAfter(op.stamp())) {
        return false;
      }
    }
    return true;
  }

  /** Drops of each stream what stands before an offset. */
  void forget(ToLongFunction<StreamId> upto) {
    byOrigin.forEach((origin, index) -> index.forget(upto.applyAsLong(origin)));
  }

  /** First offset that may still be remembered; {@link Long#MAX_VALUE} if nothing is. */
  long oldest(StreamId origin) {
    WholeIndex index = byOrigin.get(origin);
    return index == null ? Long.MAX_VALUE : index.oldest();
  }

  /** Number of entries, some of which may be forgotten already. */
  int size() {
    return byOrigin.values().stream().mapToInt(WholeIndex::size).sum();
  }
}
