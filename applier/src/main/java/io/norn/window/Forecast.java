package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.ValueType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What a key's window will be after some more operations, and what has to be done again then. */
public final class Forecast {
  private Forecast() {}

  /**
   * The operation is to be executed, too; for the owner of what {@link KeyWindow#with} returned.
   */
  public static void take(KeyWindow key, Sighted next) {
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
    redo.removeIf(each -> StateBase.outlives(key, each.op()));
    return redo;
  }

  /**
   * What is to be executed on top of a published state: what it does not hold, and what it holds of
   * an element that something older, which it does not hold, overwrites.
   */
  static List<LaterOp> onTopOf(StateBase state, KeyWindow key) {
    List<LaterOp> redo = redo(key, onTopOf(state, key, key.after(Stamp.FIRST)), Stamp.FIRST);
    redo.removeIf(each -> state.outlives(each.op()));
    return redo;
  }

  /** As above, of some operations in stamp order. */
  static List<LaterOp> onTopOf(StateBase state, KeyWindow key, List<LaterOp> operations) {
    List<LaterOp> onTop = new ArrayList<>();
    Set<Element> overwritten = new HashSet<>();
    for (LaterOp each : operations) {
      if (isOfList(each)) {
        continue;
      }
      boolean isHeld = state.covers(each.stamp());
      if (!isHeld || isIn(overwritten, each.op().element())) {
        onTop.add(each);
      }
      if (!isHeld && each.op().overwrites()) {
        overwritten.add(each.op().element());
      }
    }
    if (key.opaques() != null) {
      key.opaques().eachListRunOnTop(state::covers, onTop::add);
      onTop.sort(Comparator.comparing(LaterOp::stamp));
    }
    return onTop;
  }

  private static boolean isOfList(LaterOp later) {
    return later.op() instanceof ElementOp.Run run && run.element().type() == ValueType.LIST;
  }

  /** With a string's value go its bits. */
  private static boolean isIn(Set<Element> overwritten, Element element) {
    boolean isBit =
        element.type() == ValueType.STRING && overwritten.contains(Element.STRING_VALUE);
    return isBit || overwritten.contains(element);
  }

  /** True if a value was written later that no published state holds. */
  static boolean isTouchedAfter(KeyWindow key, Stamp stamp) {
    boolean written = key.opaques() != null && key.opaques().isWrittenAfter(stamp);
    return written || key.isReplacedAfter(stamp) || isPartTouchedAfter(key, stamp);
  }

  private static boolean isPartTouchedAfter(KeyWindow key, Stamp stamp) {
    return key.elements().after(stamp).stream()
        .anyMatch(each -> !each.op().element().isExpiry() && !key.isInState(each.stamp()));
  }
}
