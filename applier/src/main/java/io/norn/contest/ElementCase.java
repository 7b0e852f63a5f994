package io.norn.contest;

import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.window.LaterOp;
import java.util.Arrays;
import java.util.List;

/** An operation on elements of a key: each may have met something else. */
final class ElementCase {
  private final KeyCase at;
  private final Op.Elements op;

  private int late;
  private LaterOp winner;
  private LaterOp redone;
  private LaterOp loser;

  ElementCase(KeyCase at, Op.Elements op) {
    this.at = at;
    this.op = op;
    op.ops().forEach(this::look);
  }

  /** True if something is known of one of the elements, though it may be no contest. */
  boolean isFound() {
    return late > 0 || redone != null || loser != null;
  }

  /** Null if none of them met anything. */
  Verdict verdict() {
    if (winner != null) {
      return at.lostTo(late == op.ops().size() ? Rule.SKIPPED : Rule.CUT_DOWN, winner);
    }
    if (redone != null) {
      return at.lostTo(Rule.REDONE, redone);
    }
    return loser == null ? null : at.beat(loser);
  }

  private void look(ElementOp each) {
    LaterOp overwrite = at.at().overwriteOf(each.element());
    if (overwrite != null && overwrite.stamp().isAfter(at.stamp())) {
      late++;
      winner = isSame(each, overwrite.op()) ? winner : overwrite;
      return;
    }
    boolean beats = overwrite != null && each.overwrites() && at.isUnseen(overwrite.stamp());
    if (beats && !isSame(each, overwrite.op())) {
      loser = overwrite;
    }
    if (!each.overwrites() && !at.at().clashesAfter(at.stamp(), each)) {
      return; // A hot counter has thousands of increments behind this one.
    }
    List<LaterOp> later = at.at().modifiersAfter(at.stamp(), each.element());
    LaterOp last = later.isEmpty() ? null : later.get(later.size() - 1);
    if (last != null && !last.op().commutesWith(each)) {
      redone = last;
    }
  }

  private static boolean isSame(ElementOp one, ElementOp other) {
    if (one instanceof ElementOp.Put put && other instanceof ElementOp.Put another) {
      return Arrays.equals(put.value(), another.value());
    }
    return one instanceof ElementOp.Remove && other instanceof ElementOp.Remove;
  }
}
