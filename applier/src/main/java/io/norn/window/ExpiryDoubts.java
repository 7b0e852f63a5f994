package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Element;

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
        && !key.expiriesAfter(Stamp.FIRST).isEmpty()
        && !key.isOverwrittenAfter(upto, Element.EXPIRY);
  }

  /**
   * True if elements were removed by other nodes than that of a time to live, and created again
   * since: the key may have been empty in between.
   */
  static boolean mayBeEmptiedUnder(KeyWindow key, Stamp expiry) {
    return key.hasCreationAfter(expiry)
        && key.mayBeEmptiedBy(each -> !each.origin().equals(expiry.origin()));
  }

  /**
   * True if a time to live is set again behind this operation, which came late, though the key may
   * have been empty since.
   */
  static boolean mayBeEmptiedSince(KeyWindow key, Stamp late) {
    return key.mayBeEmptiedBy(each -> each.isAfter(late))
        && key.after(late).stream().anyMatch(each -> each.op().element().isExpiry());
  }
}
