package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ElementOp;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Recent operations on one element: the latest overwrite, and what modified it since. */
final class ElementWindow {
  private LaterOp overwrite;
  private final List<LaterOp> modifiers = new ArrayList<>(0);

  ElementWindow copy() {
    ElementWindow copy = new ElementWindow();
    copy.overwrite = overwrite;
    copy.modifiers.addAll(modifiers);
    return copy;
  }

  /** False if a later overwrite makes it meaningless. */
  boolean add(Stamp stamp, ElementOp op) {
    if (isOverwrittenAfter(stamp)) {
      return false;
    }
    if (op.overwrites()) {
      overwrite = new LaterOp(stamp, op);
      forgetBefore(stamp);
    } else {
      modifiers.add(new LaterOp(stamp, op));
    }
    return true;
  }

  boolean isOverwrittenAfter(Stamp stamp) {
    return overwrite != null && overwrite.stamp().isAfter(stamp);
  }

  void eachAfter(Stamp stamp, Consumer<LaterOp> out) {
    if (isOverwrittenAfter(stamp)) {
      out.accept(overwrite);
    }
    eachModifierAfter(stamp, out);
  }

  void eachModifierAfter(Stamp stamp, Consumer<LaterOp> out) {
    for (LaterOp modifier : modifiers) {
      if (modifier.stamp().isAfter(stamp)) {
        out.accept(modifier);
      }
    }
  }

  void forgetBefore(Stamp stamp) {
    if (overwrite != null && stamp.isAfter(overwrite.stamp())) {
      overwrite = null;
    }
    modifiers.removeIf(modifier -> stamp.isAfter(modifier.stamp()));
  }

  void forget(StreamId origin, long upto) {
    if (overwrite != null && isCovered(overwrite.stamp(), origin, upto)) {
      overwrite = null;
    }
    modifiers.removeIf(modifier -> isCovered(modifier.stamp(), origin, upto));
  }

  boolean isEmpty() {
    return overwrite == null && modifiers.isEmpty();
  }

  boolean holds(StreamId origin, long offset) {
    return (overwrite != null && isAt(overwrite.stamp(), origin, offset))
        || modifiers.stream().anyMatch(modifier -> isAt(modifier.stamp(), origin, offset));
  }

  /** True if one of the operations is of this node's clients. */
  boolean hasOpOf(StreamId origin) {
    return (overwrite != null && overwrite.stamp().origin().equals(origin))
        || modifiers.stream().anyMatch(modifier -> modifier.stamp().origin().equals(origin));
  }

  private static boolean isAt(Stamp stamp, StreamId origin, long offset) {
    return stamp.offset() == offset && stamp.origin().equals(origin);
  }

  static boolean isCovered(Stamp stamp, StreamId origin, long upto) {
    return stamp.offset() <= upto && stamp.origin().equals(origin);
  }
}
