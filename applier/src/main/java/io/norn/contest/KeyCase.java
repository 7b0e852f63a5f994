package io.norn.contest;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;
import io.norn.window.KeyWindow;
import io.norn.window.LaterOp;
import io.norn.window.Latest;
import java.util.List;

/**
 * One operation on one key, and what is remembered of that.
 *
 * @param key the key
 * @param at what is remembered of it, without the operation
 * @param stamp of the operation
 * @param seen what its node had applied of others
 * @param op the operation
 */
record KeyCase(DbKey key, KeyWindow at, Stamp stamp, VersionVector seen, Op op) {

  /** Null if it met nothing. */
  Verdict verdict(boolean skipped) {
    if (op instanceof Op.State state) {
      return skipped ? null : byState(state);
    }
    if (op instanceof Op.Expired || at.isInState(stamp)) {
      return null;
    }
    if (at.isReplacedAfter(stamp)) {
      return doesAsWhole() ? null : lost(Rule.SKIPPED, at.whole(), wholeText());
    }
    if (hasType() && at.isOtherTypeAfter(stamp, type())) {
      return lostTo(Rule.TYPE_CHANGED, lastAfter());
    }
    if (op instanceof Op.Elements elements) {
      ElementCase parts = new ElementCase(this, elements);
      return parts.isFound() || !skipped ? parts.verdict() : lostTo(Rule.SKIPPED, lastAfter());
    }
    if (skipped) {
      return lostTo(Rule.SKIPPED, lastAfter());
    }
    if (op instanceof Op.Opaque) {
      return at.isTouchedAfter(stamp) ? lostTo(Rule.BY_STATE, lastAfter()) : null;
    }
    return op instanceof Op.Replace || op instanceof Op.Delete ? whole() : null;
  }

  private Verdict whole() {
    if (at.hasParts()) {
      List<LaterOp> known = at.after(Stamp.FIRST);
      LaterOp last = known.isEmpty() ? null : known.get(known.size() - 1);
      if (last != null && last.stamp().isAfter(stamp)) {
        return lostTo(Rule.REDONE, last);
      }
      for (int i = known.size() - 1; i >= 0; i--) {
        if (isUnseen(known.get(i).stamp())) {
          return beat(known.get(i));
        }
      }
    }
    boolean beats = at.whole() != null && isUnseen(at.whole()) && !doesAsWhole();
    return beats ? new Verdict(Rule.OVERWRITTEN, type(), at.whole(), wholeText(), true) : null;
  }

  /** Of what was known here, the last that somebody else had done. */
  private Verdict byState(Op.State state) {
    List<LaterOp> known = at.after(Stamp.FIRST);
    for (int i = known.size() - 1; i >= 0; i--) {
      LaterOp each = known.get(i);
      if (!each.stamp().origin().equals(stamp.origin())) {
        String text = OpText.of(each.op());
        return new Verdict(Rule.BY_STATE, state.type(), each.stamp(), text, true);
      }
    }
    return null;
  }

  Verdict lostTo(Rule rule, LaterOp winner) {
    return winner == null ? null : lost(rule, winner.stamp(), OpText.of(winner.op()));
  }

  private Verdict lost(Rule rule, Stamp winner, String text) {
    return new Verdict(rule, type(), winner, text, false);
  }

  Verdict beat(LaterOp loser) {
    return new Verdict(Rule.OVERWRITTEN, type(), loser.stamp(), OpText.of(loser.op()), true);
  }

  private LaterOp lastAfter() {
    LaterOp last = Latest.after(at, stamp, element -> element.isExpiry() == isExpiry());
    return last == null ? Latest.after(at, stamp, element -> true) : last;
  }

  /** True if somebody else did it, and the node of the operation did not know. */
  boolean isUnseen(Stamp other) {
    return !other.origin().equals(stamp.origin())
        && !seen.covers(other.origin(), other.offset())
        && !other.isAfter(stamp);
  }

  private boolean doesAsWhole() {
    return op instanceof Op.Delete && at.isRemoved();
  }

  private String wholeText() {
    return at.isRemoved() ? "removed the key" : "wrote the whole key";
  }

  private boolean isExpiry() {
    return op instanceof Op.Elements elements && elements.type() == ValueType.NONE;
  }

  private boolean hasType() {
    return type() != ValueType.NONE && type() != ValueType.OTHER;
  }

  private ValueType type() {
    if (op instanceof Op.Replace replace) {
      return replace.type();
    }
    if (op instanceof Op.Elements elements) {
      return elements.type();
    }
    return op instanceof Op.Opaque opaque ? OpaqueTraits.type(opaque) : ValueType.NONE;
  }

  Contest contest(Verdict verdict, byte[][] command) {
    String text =
        op instanceof Op.State state
            ? "published the key, " + state.payload().length + " bytes"
            : OpText.of(command);
    Contest.Side decided = new Contest.Side(stamp, text);
    Contest.Side other = new Contest.Side(verdict.other(), verdict.what());
    return verdict.won()
        ? new Contest(verdict.rule(), key, verdict.type(), decided, other)
        : new Contest(verdict.rule(), key, verdict.type(), other, decided);
  }
}
