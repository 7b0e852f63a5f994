package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import java.util.ArrayList;
import java.util.List;

/** What a key's window will be after some more operations, and what has to be done again then. */
final class Forecast {
  private Forecast() {}

  static void take(KeyWindow key, Sighted next) {
    Stamp stamp = next.stamp();
    if (next.op() instanceof Op.Elements each) {
      if (each.creates()) {
        key.addCreation(stamp, each.type());
      }
      each.ops().forEach(one -> takeElement(key, next, one));
    } else if (next.op() instanceof Op.Replace || next.op() instanceof Op.Delete) {
      key.takeWhole(next);
    } else if (next.op() instanceof Op.Opaque opaque && !key.isPast(stamp, opaque)) {
      key.addOpaque(stamp, opaque);
    }
  }

  private static void takeElement(KeyWindow key, Sighted next, ElementOp op) {
    key.add(next.stamp(), next.seen(), op);
    if (op.mayEmpty()) {
      key.addEmptier(next.stamp());
    }
  }

  /**
   * Of some operations on parts those that are to be executed again, in the order to do so.
   *
   * @param behind the operation behind which they are executed
   */
  static List<LaterOp> redo(KeyWindow key, List<LaterOp> later, Stamp behind) {
    List<LaterOp> redo = new ArrayList<>(later);
    redo.removeIf(
        each ->
            each.op().element().isExpiry()
                || key.isOtherTypeAfter(each.stamp(), each.op().element().type()));
    if (later.stream().anyMatch(each -> each.op().element().isExpiry())) {
      key.expiryBehind(behind).ifPresent(redo::add);
    }
    return redo;
  }

  /** As {@link #redo}, of what a published state does not hold. */
  static List<LaterOp> uncovered(KeyWindow key, StateBase state) {
    List<LaterOp> later =
        key.after(Stamp.FIRST).stream().filter(each -> !state.covers(each.stamp())).toList();
    return redo(key, later, Stamp.FIRST);
  }

  /** Stamp of the last operation that is remembered, or this one if that is later. */
  static Stamp latest(KeyWindow key, Stamp atLeast) {
    Stamp latest = atLeast;
    for (Stamp each :
        new Stamp[] {key.whole(), key.opaques() == null ? null : key.opaques().last()}) {
      latest = each != null && each.isAfter(latest) ? each : latest;
    }
    List<LaterOp> later = key.after(latest);
    return later.isEmpty() ? latest : later.get(later.size() - 1).stamp();
  }

  /** True if a value was written later that no published state holds. */
  static boolean isTouchedAfter(KeyWindow key, Stamp stamp) {
    boolean written = key.opaques() != null && key.opaques().isWrittenAfter(stamp);
    return written
        || key.isReplacedAfter(stamp)
        || key.after(stamp).stream()
            .anyMatch(each -> !each.op().element().isExpiry() && !key.isInState(each.stamp()));
  }
}
