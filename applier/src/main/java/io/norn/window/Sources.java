package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.command.StoreTraits;
import io.norn.command.ValueType;
import io.norn.stream.Progress;
import io.norn.stream.VersionVector;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Tells whether keys that a command reads are here what they were where a client sent it: nothing
 * was done to them here that its node had not seen, and all that it had seen is in.
 */
public final class Sources {
  private final Window window;
  private final StreamId own;
  private final Map<StreamId, Long> reached = new HashMap<>();

  Sources(Window window, StreamId own) {
    this.window = window;
    this.own = own;
  }

  /** A stream is in up to there. */
  public void reach(StreamId stream, long offset) {
    reached.merge(stream, offset, Math::max);
  }

  /** All this is in. */
  public void reach(VersionVector vector) {
    vector.entries().forEach((stream, progress) -> reach(stream, progress.offset()));
  }

  /**
   * True if the command comes to the same here.
   *
   * @param seen what its node had applied
   * @param before what a batch that is not in yet executes before it, by stream
   */
  public boolean areAsSeen(
      Stamp stamp, VersionVector seen, Op.Opaque op, Map<StreamId, Long> before) {
    if (op.sources().isEmpty() || stamp.origin().equals(own)) {
      return true;
    }
    StateBase there = new StateBase(stamp, seen, ValueType.OTHER);
    return !StoreTraits.readsUnnamed(op)
        && seen.entries().entrySet().stream().allMatch(each -> isIn(each, before))
        && op.sources().stream().allMatch(key -> isAsSeen(key, there, StoreTraits.handsOn(op)));
  }

  /** What clients of this node wrote is here anyway. */
  private boolean isIn(Map.Entry<StreamId, Progress> seen, Map<StreamId, Long> before) {
    StreamId stream = seen.getKey();
    long here = Math.max(reached.getOrDefault(stream, -1L), before.getOrDefault(stream, -1L));
    return stream.node().equals(own.node()) || seen.getValue().offset() <= here;
  }

  private boolean isAsSeen(DbKey key, StateBase there, boolean withExpiry) {
    Predicate<Stamp> known = there::covers;
    return !window.unordered().cases().containsKey(key)
        && !window.streams().isTrimUntold(key)
        && isAllIn(window.of(key), there, withExpiry)
        && window.flushesOf(key.db()).stream().allMatch(known);
  }

  private static boolean isAllIn(KeyWindow key, StateBase there, boolean withExpiry) {
    StateBase base = StateBase.of(key);
    return Removals.areIn(there, key)
        && Removals.areTypesIn(there, key)
        && (base == null || there.covers(base.stamp()))
        && (key.opaques() == null || !key.opaques().hasUncoveredBy(there))
        && key.elements().all().stream().allMatch(each -> each.isAllIn(there, withExpiry))
        && key.after(Stamp.FIRST).stream()
            .filter(each -> withExpiry || !each.op().element().isExpiry())
            .allMatch(each -> there.covers(each.stamp()));
  }
}
