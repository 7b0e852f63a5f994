package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.StoreTraits;
import io.norn.command.StreamElement;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;
import java.util.List;
import java.util.Map;

/**
 * Remembers opaque commands and published states, and finds the keys on which nodes may have
 * executed them in different orders.
 */
final class OpaqueWindow {
  private final Window window;
  private final Unordered unordered;
  private final Sources sources;

  OpaqueWindow(Window window, Sources sources) {
    this.window = window;
    this.unordered = window.unordered();
    this.sources = sources;
  }

  void add(Stamp stamp, VersionVector seen, Op.Opaque op) {
    boolean asSeen = sources.areAsSeen(stamp, seen, moves(op) ? reading(op) : op, Map.of());
    if (StoreTraits.stores(op)) {
      addStore(new Sighted(stamp, seen, op), op);
    } else {
      addOther(stamp, seen, op);
    }
    op.keys().stream()
        .filter(key -> !isVain(window.of(key), stamp, op))
        .forEach(key -> noteSources(key, stamp, op, asSeen));
  }

  /** True if it moves something from list to list, and it is not known what. */
  private static boolean moves(Op.Opaque op) {
    return op.keys().size() > 1 && OpaqueTraits.type(op) == ValueType.LIST;
  }

  /** What it moves is in what it writes. */
  private static Op.Opaque reading(Op.Opaque op) {
    return new Op.Opaque(op.keys(), op.keys(), op.db(), op.command(), op.edit());
  }

  private static boolean isVain(KeyWindow key, Stamp stamp, Op.Opaque op) {
    return key.isPast(stamp, op)
        || key.isInState(stamp)
        || (StoreTraits.stores(op) && key.isRemovedAfter(stamp));
  }

  /** Whatever the key held before has no part in what it is now. */
  private void addStore(Sighted next, Op.Opaque op) {
    DbKey key = op.keys().get(0);
    Stamp stamp = next.stamp();
    replacing(key, stamp);
    window.streams().replaced(next, window.policy());
    KeyWindow at = window.at(key);
    at.addOpaque(stamp, op);
    if (ExpiryDoubts.isBlurred(at)) {
      window.doubtExpiry(key);
    }
    window.remember(stamp, key, null);
  }

  private void noteSources(DbKey key, Stamp stamp, Op.Opaque op, boolean asSeen) {
    if (!asSeen) {
      unordered.note(key, new Unordered.Case(Unordered.Kind.LACKS, stamp, stamp.origin()));
    } else if (op.sources().stream().anyMatch(unordered.cases()::containsKey)) {
      unordered.note(key, new Unordered.Case(Unordered.Kind.HOLDS, stamp, stamp.origin()));
    }
  }

  private void addOther(Stamp stamp, VersionVector seen, Op.Opaque op) {
    boolean gone = op.keys().stream().anyMatch(key -> window.of(key).isPast(stamp, op));
    boolean late = false;
    for (DbKey key : op.keys()) {
      KeyWindow at = window.of(key);
      if (at.isInState(stamp)) {
        noteWrongTop(key, at, stamp);
      }
      late |= !at.isPast(stamp, op) && isLate(key, stamp, OpaqueTraits.type(op));
    }
    op.keys().forEach(key -> noteIfLacking(key, stamp, seen));
    op.keys().forEach(key -> noteWrite(key, stamp, op));
    if (OpaqueTraits.creates(op)) {
      op.keys().forEach(key -> noteType(key, stamp, OpaqueTraits.type(op)));
    }
    late |= op.keys().stream().anyMatch(key -> isTakenByMany(window.of(key), op));
    boolean isMixed = gone || op.keys().stream().anyMatch(unordered.cases()::containsKey);
    if (late || (isMixed && op.keys().size() > 1)) {
      op.keys().forEach(key -> note(key, Unordered.Kind.LATE, stamp));
    }
  }

  /** Which elements of three nodes are the same ones is seen differently by each. */
  private static boolean isTakenByMany(KeyWindow at, Op.Opaque op) {
    return at.opaques() != null && at.opaques().isTakenByMany(op);
  }

  private void noteWrite(DbKey key, Stamp stamp, Op.Opaque op) {
    KeyWindow at = window.at(key);
    if (!at.isPast(stamp, op)) {
      noteDerived(at, stamp);
      at.addOpaque(stamp, op);
      if (!OpaqueTraits.creates(op)) {
        window.noteEmptier(stamp, key, at);
      } else if (!at.removals().isEmpty()) {
        window.doubtExpiry(key);
      }
      window.remember(stamp, key, null);
    }
    window.dropIfEmpty(key, at);
  }

  /** What a later change of the type removed has no part in the order any more. */
  private boolean isLate(DbKey key, Stamp stamp, ValueType type) {
    KeyWindow at = window.of(key);
    boolean gone = type != ValueType.OTHER && at.isOtherTypeAfter(stamp, type);
    return !gone && !at.isInState(stamp) && at.isTouchedAfter(stamp);
  }

  /** An operation on parts of a key was just added. */
  void check(Stamp stamp, VersionVector seen, Op.Elements op, KeyWindow at) {
    DbKey key = op.key();
    OpaqueLog opaques = at.opaques();
    boolean isKnown = opaques != null && opaques.covers(stamp);
    boolean isBlind = trims(op) && !hasSeenValue(at, new StateBase(stamp, seen, op.type()));
    if (!isKnown && (isBlind || Bits.clashAfter(at, stamp, op.ops()))) {
      note(key, Unordered.Kind.LATE, stamp);
    }
    if (opaques == null) {
      return;
    }
    if (isKnown) {
      noteWrongTop(key, at, stamp);
      return;
    }
    noteIfLacking(key, stamp, seen);
    if (op.creates()) {
      noteType(key, stamp, op.type());
    }
    if (op.type() != ValueType.NONE && !at.isOtherTypeAfter(stamp, op.type())) {
      if (opaques.isWrittenAfter(stamp)) {
        note(key, Unordered.Kind.LATE, stamp);
      }
      noteDerived(at, stamp);
    }
  }

  private static boolean trims(Op.Elements op) {
    return op.ops().stream().anyMatch(each -> each.element().equals(StreamElement.TRIM));
  }

  /** Of the entries of a whole stream that was put here it is not known which a trim had seen. */
  private static boolean hasSeenValue(KeyWindow at, StateBase node) {
    StateBase base = StateBase.of(at);
    boolean hasWhole = at.whole() != null && !at.isRemoved();
    return (!hasWhole || node.covers(at.whole())) && (base == null || node.covers(base.stamp()));
  }

  /**
   * The operation left a value of another type: what was published before is no base any more, and
   * later operations were executed again behind it.
   */
  private void noteType(DbKey key, Stamp stamp, ValueType type) {
    KeyWindow at = window.of(key);
    OpaqueLog opaques = at.opaques();
    if (type == ValueType.OTHER
        || opaques == null
        || opaques.covers(stamp)
        || at.isReplacedAfter(stamp)) {
      return;
    }
    StateBase base = opaques.base();
    boolean isAnotherThanBase = base != null && !base.isAbsent() && base.type() != type;
    boolean isLate = at.isOtherTypeAfter(stamp, type);
    if (isAnotherThanBase || isLate) {
      opaques.base(null);
    }
    if (isLate) {
      window.doubtExpiry(key);
      settleRedone(key, stamp, opaques);
    }
  }

  private void settleRedone(DbKey key, Stamp stamp, OpaqueLog opaques) {
    if (opaques.isTiedAfter(stamp)) {
      note(key, Unordered.Kind.LATE, stamp);
    } else {
      unordered.settle(key, stamp);
    }
  }

  /** What the key held has expired here, but not for who wrote this. */
  private void noteIfLacking(DbKey key, Stamp stamp, VersionVector seen) {
    OpaqueLog opaques = window.of(key).opaques();
    StateBase base = opaques == null ? null : opaques.base();
    if (base != null && base.isAbsent() && !base.covers(stamp) && isConcurrent(stamp, seen, base)) {
      unordered.note(key, new Unordered.Case(Unordered.Kind.LACKS, stamp, stamp.origin()));
    }
  }

  private static boolean isConcurrent(Stamp stamp, VersionVector seen, StateBase base) {
    return !stamp.origin().equals(base.stamp().origin())
        && !seen.covers(base.stamp().origin(), base.stamp().offset());
  }

  private void noteDerived(KeyWindow at, Stamp stamp) {
    if (at.opaques() != null) {
      List<DbKey> derived = at.opaques().derivedAfter(stamp);
      derived.forEach(key -> note(key, Unordered.Kind.LATE, stamp));
    }
  }

  /** The key is replaced or removed by an operation that the window is about to take. */
  void replacing(DbKey key, Stamp stamp) {
    KeyWindow at = window.of(key);
    OpaqueLog opaques = at.opaques();
    if (at.isReplacedAfter(stamp)) {
      return;
    }
    if (opaques == null) {
      unordered.settle(key, stamp);
      return;
    }
    if (opaques.covers(stamp)) {
      noteWrongTop(key, at, stamp);
      return;
    }
    noteDerived(at, stamp);
    opaques.base(null);
    settleRedone(key, stamp, opaques);
  }

  /**
   * The operation was in the published state already, but not known here when older ones were
   * executed on top of it. They cannot be taken back: the node of the state knows better.
   */
  private void noteWrongTop(DbKey key, KeyWindow at, Stamp stamp) {
    StateBase base = at.opaques().base();
    for (LaterOp each : at.after(Stamp.FIRST)) {
      if (stamp.isAfter(each.stamp()) && !base.covers(each.stamp())) {
        unordered.note(
            key, new Unordered.Case(Unordered.Kind.LACKS, each.stamp(), base.stamp().origin()));
      }
    }
  }

  void addState(Stamp stamp, VersionVector seen, Op.State op) {
    StateBase state = new StateBase(stamp, seen, op.type());
    if (isVoid(op.key(), state)) {
      return;
    }
    KeyWindow at = window.at(op.key());
    OpaqueLog opaques = at.opaquesToAddTo();
    opaques.base(state);
    List<Stamp> tied = opaques.tied();
    if (at.after(Stamp.FIRST).stream()
        .anyMatch(each -> each.op().element().isExpiry() && !state.covers(each.stamp()))) {
      window.doubtExpiry(op.key());
    }
    window.remember(stamp, op.key(), null);
    unordered.settle(op.key(), state);
    noteOverwritten(op.key(), at, state);
    tied.forEach(each -> noteTied(op.key(), each, state));
  }

  /**
   * An older operation that the state does not hold overwrites a string, or a part of it, behind
   * which the state may hold what is forgotten here: its node executes it again in its place, and
   * knows better.
   */
  private void noteOverwritten(DbKey key, KeyWindow at, StateBase state) {
    for (LaterOp each : at.after(Stamp.FIRST)) {
      boolean isOlder = state.stamp().isAfter(each.stamp()) && !state.covers(each.stamp());
      if (isOlder && each.op().overwrites() && each.op().element().type() == ValueType.STRING) {
        unordered.note(
            key, new Unordered.Case(Unordered.Kind.LACKS, each.stamp(), state.stamp().origin()));
      }
    }
  }

  /** What reads or writes other keys cannot be executed again on top of one key's state. */
  private void noteTied(DbKey key, Stamp tied, StateBase state) {
    if (!state.covers(tied)) {
      unordered.note(key, new Unordered.Case(Unordered.Kind.LACKS, tied, state.stamp().origin()));
    }
  }

  /** True if the state does not count: a later one is there, or the key was replaced meanwhile. */
  boolean isVoid(DbKey key, StateBase state) {
    KeyWindow at = window.of(key);
    StateBase known = at.opaques() == null ? null : at.opaques().base();
    boolean older = known != null && known.stamp().isAfter(state.stamp());
    return older
        || !Removals.areIn(state, at)
        || at.isOfOtherTypeThan(state)
        || window.flushesOf(key.db()).stream().anyMatch(flush -> !state.covers(flush));
  }

  void addExpired(Stamp stamp, VersionVector seen, DbKey key) {
    StateBase gone = new StateBase(stamp, seen, ValueType.NONE);
    if (isVoid(key, gone)) {
      return;
    }
    if (isHeldAgainst(key, gone)) {
      note(key, Unordered.Kind.HOLDS, stamp);
      return;
    }
    window.at(key).opaquesToAddTo().base(gone);
    window.remember(stamp, key, null);
  }

  /** True if something was done to the key here that the server that removed it had not seen. */
  boolean isHeldAgainst(DbKey key, StateBase gone) {
    KeyWindow at = window.of(key);
    return at.after(Stamp.FIRST).stream().anyMatch(each -> !gone.covers(each.stamp()))
        || (at.opaques() != null && at.opaques().hasUncoveredBy(gone));
  }

  private void note(DbKey key, Unordered.Kind kind, Stamp cause) {
    Stamp from = kind == Unordered.Kind.HOLDS ? Stamp.FIRST : cause;
    unordered.note(key, new Unordered.Case(kind, cause, Latest.of(window.of(key), from).origin()));
  }
}
