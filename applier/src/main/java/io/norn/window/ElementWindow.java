package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ElementOp;
import io.norn.stream.VersionVector;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Recent operations on one element: the latest overwrite, and what modified it since. */
final class ElementWindow implements ElementHistory {
  private LaterOp overwrite;

  /** Null for none: most elements are only overwritten. */
  private Modifiers modifiers;

  @Override
  public ElementHistory copyFor(KeyWindow owner) {
    ElementWindow copy = new ElementWindow();
    copy.overwrite = overwrite;
    copy.modifiers = modifiers == null ? null : modifiers.copy();
    return copy;
  }

  @Override
  public boolean add(Stamp stamp, VersionVector seen, ElementOp op) {
    if (isOverwrittenAfter(stamp)) {
      return false;
    }
    if (op.overwrites()) {
      overwrite = new LaterOp(stamp, op);
      forgetBefore(stamp);
    } else {
      modifiers = modifiers == null ? new Modifiers() : modifiers;
      modifiers.add(new LaterOp(stamp, op));
    }
    return true;
  }

  @Override
  public LaterOp overwrite() {
    return overwrite;
  }

  @Override
  public boolean isOverwrittenAfter(Stamp stamp) {
    return overwrite != null && overwrite.stamp().isAfter(stamp);
  }

  @Override
  public boolean clashesAfter(Stamp stamp, ElementOp op) {
    return modifiers != null && modifiers.clashAfter(stamp, op);
  }

  @Override
  public void eachAfter(Stamp stamp, Consumer<LaterOp> out) {
    if (isOverwrittenAfter(stamp)) {
      out.accept(overwrite);
    }
    eachModifierAfter(stamp, out);
  }

  @Override
  public void eachModifierAfter(Stamp stamp, Consumer<LaterOp> out) {
    if (modifiers != null) {
      modifiers.eachAfter(stamp, out);
    }
  }

  @Override
  public void forgetBefore(Stamp stamp) {
    if (overwrite != null && stamp.isAfter(overwrite.stamp())) {
      overwrite = null;
    }
    if (modifiers != null) {
      modifiers.forgetBefore(stamp);
      dropEmptyModifiers();
    }
  }

  @Override
  public void forget(StreamId origin, long upto) {
    if (overwrite != null && isCovered(overwrite.stamp(), origin, upto)) {
      overwrite = null;
    }
    if (modifiers != null) {
      modifiers.forget(origin, upto);
      dropEmptyModifiers();
    }
  }

  @Override
  public boolean isGone() {
    return modifiers == null && overwrite != null && overwrite.op() instanceof ElementOp.Remove;
  }

  private void dropEmptyModifiers() {
    if (modifiers.isEmpty()) {
      modifiers = null;
    }
  }

  @Override
  public boolean isEmpty() {
    return overwrite == null && modifiers == null;
  }

  @Override
  public boolean holds(StreamId origin, long offset) {
    boolean isOverwrite = overwrite != null && isAt(overwrite.stamp(), origin, offset);
    return isOverwrite || (modifiers != null && modifiers.holds(origin, offset));
  }

  @Override
  public boolean hasOpOf(Predicate<StreamId> origin) {
    return (overwrite != null && origin.test(overwrite.stamp().origin()))
        || (modifiers != null && modifiers.isOf(origin));
  }

  static boolean isAt(Stamp stamp, StreamId origin, long offset) {
    return stamp.offset() == offset && stamp.origin().equals(origin);
  }

  static boolean isCovered(Stamp stamp, StreamId origin, long upto) {
    return stamp.offset() <= upto && stamp.origin().equals(origin);
  }
}
