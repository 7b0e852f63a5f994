package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.merge.Recording.Recorded;
import io.norn.stream.VersionVector;
import io.norn.window.KeyWindow;
import io.norn.window.LaterOp;
import io.norn.window.StateBase;
import io.norn.window.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Operations executed here on one key that a peer's snapshot does not hold.
 *
 * @param operations those that can be executed again on top of the snapshot, in stamp order
 * @param replaced true if the whole key was replaced or removed by one of them or by one that is
 *     known by its time alone, or by a published state: then the local value is the base, not the
 *     peer's
 */
public record Uncovered(List<Recorded> operations, boolean replaced) {

  static Uncovered of(DbKey key, Window window, Recording recording, VersionVector vector) {
    List<Recorded> operations = new ArrayList<>(recording.uncovered(key, vector));
    boolean replaced =
        operations.stream().anyMatch(each -> !(each.op() instanceof Op.Elements))
            || recording.isFlushed(key, vector)
            || isLacked(window.of(key).whole(), vector)
            || isLacked(stateOf(window.of(key)), vector)
            || window.flushesOf(key.db()).stream().anyMatch(flush -> isLacked(flush, vector));
    Set<Stamp> known = new HashSet<>();
    operations.forEach(each -> known.add(each.stamp()));
    for (LaterOp later : remembered(window.of(key))) {
      if (!known.contains(later.stamp()) && isLacked(later.stamp(), vector)) {
        Op op = new Op.Elements(key, later.op().element().type(), List.of(later.op()));
        operations.add(new Recorded(later.stamp(), op, VersionVector.EMPTY));
      }
    }
    operations.sort(Comparator.comparing(Recorded::stamp));
    return new Uncovered(List.copyOf(operations), replaced);
  }

  private static Stamp stateOf(KeyWindow key) {
    StateBase base = StateBase.of(key);
    return base == null ? null : base.stamp();
  }

  private static List<LaterOp> remembered(KeyWindow key) {
    return key.after(Stamp.FIRST);
  }

  private static boolean isLacked(Stamp stamp, VersionVector vector) {
    return stamp != null && !vector.covers(stamp.origin(), stamp.offset());
  }

  public boolean isEmpty() {
    return operations.isEmpty() && !replaced;
  }
}
