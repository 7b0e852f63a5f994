package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Operations executed here while a peer's snapshot is merged, by key: those that the snapshot does
 * not cover are executed again on top of it. What a later operation replaces is not kept.
 */
public final class Recording {
  private final Map<DbKey, List<Recorded>> byKey = new HashMap<>();
  private final Map<Integer, Recorded> flushes = new HashMap<>();

  /**
   * One operation.
   *
   * @param stamp when
   * @param op what, on one key
   * @param seen what its node had seen
   */
  public record Recorded(Stamp stamp, Op op, VersionVector seen) {}

  void add(Stamp stamp, Op op, VersionVector seen) {
    Recorded recorded = new Recorded(stamp, op, seen);
    if (op instanceof Op.Flush flush) {
      flushes.put(flush.db(), recorded);
      return;
    }
    for (DbKey key : op.keys()) {
      List<Recorded> list = byKey.computeIfAbsent(key, k -> new ArrayList<>(2));
      if (op instanceof Op.Replace || op instanceof Op.Delete) {
        list.removeIf(earlier -> stamp.isAfter(earlier.stamp()));
      }
      list.add(recorded);
    }
  }

  /** Operations on the key that a state with this vector does not hold, in stamp order. */
  public List<Recorded> uncovered(DbKey key, VersionVector vector) {
    return byKey.getOrDefault(key, List.of()).stream()
        .filter(each -> !isCovered(each, vector))
        .sorted((a, b) -> a.stamp().compareTo(b.stamp()))
        .toList();
  }

  /** True if the key's database was flushed here, and a state with this vector does not know. */
  public boolean isFlushed(DbKey key, VersionVector vector) {
    return isUncovered(flushes.get(key.db()), vector)
        || isUncovered(flushes.get(Op.Flush.ALL), vector);
  }

  private static boolean isUncovered(Recorded flush, VersionVector vector) {
    return flush != null && !isCovered(flush, vector);
  }

  private static boolean isCovered(Recorded each, VersionVector vector) {
    return vector.covers(each.stamp().origin(), each.stamp().offset());
  }
}
