package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ElementOp;

/**
 * When it cannot be told from the window whether a key still has its time to live. It is taken for
 * kept then, and who has it writes it once more.
 */
final class ExpiryDoubts {
  private ExpiryDoubts() {}

  /**
   * True if it cannot be told whether the time to live that was set last found a key, and kept it:
   * what created the key before it may have been overwritten since.
   */
  static boolean isBlurred(KeyWindow key) {
    Stamp upto = key.blurredUpto();
    return upto != null
        && key.expiriesAfter(Stamp.FIRST).stream().anyMatch(each -> !each.stamp().isAfter(upto));
  }

  /** True if an operation that was just added on a part of the key leaves it open. */
  static boolean isUnsure(KeyWindow key, Stamp stamp, ElementOp op) {
    return isBlurred(key) || (op.element().isExpiry() && mayBeEmptiedUnder(key, stamp));
  }

  /** True if an operation that was just added on the whole key leaves it open. */
  static boolean isUnsureBehind(KeyWindow key, Stamp whole) {
    return isBlurred(key) || (key.hasParts() && mayBeEmptiedSince(key, whole));
  }

  /**
   * True if a removal of elements may have emptied the key where it came before what keeps the key
   * alive here: before elements of this node at its own, before those of others at third ones.
   */
  static boolean mayBeEmptiedElsewhere(KeyWindow key, StreamId own, Stamp removal) {
    return removal.origin().equals(own)
        ? key.hasElementOf(origin -> !origin.equals(own))
        : key.hasElementOf(own::equals) || key.hasCreationAfter(removal);
  }

  /**
   * True if elements were removed by other nodes than that of a time to live, and created again
   * since: the key may have been empty in between. So it may when another node replaced or removed
   * the key: what kept it alive at the node of the time to live is gone then.
   */
  static boolean mayBeEmptiedUnder(KeyWindow key, Stamp expiry) {
    return key.hasCreationAfter(expiry)
        && (!key.removals().isEmpty()
            || isOfOther(key.whole(), expiry)
            || key.mayBeEmptiedBy(each -> isOfOther(each, expiry)));
  }

  private static boolean isOfOther(Stamp stamp, Stamp expiry) {
    return stamp != null && !stamp.origin().equals(expiry.origin());
  }

  /**
   * True if a time to live is set again behind this operation, which came late, though the key may
   * have been empty since.
   */
  static boolean mayBeEmptiedSince(KeyWindow key, Stamp late) {
    return (key instanceof PolicyKeyWindow && (isBlurred(key) || !key.removals().isEmpty()))
        || (key.mayBeEmptiedBy(each -> each.isAfter(late))
            && key.after(late).stream().anyMatch(each -> each.op().element().isExpiry()));
  }
}
