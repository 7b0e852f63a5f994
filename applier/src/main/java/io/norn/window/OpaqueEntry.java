package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;

/**
 * An opaque command that wrote a key.
 *
 * @param stamp when
 * @param op what
 * @param again how it is executed again: told once, since a busy list is asked for it all the time
 */
record OpaqueEntry(Stamp stamp, Op.Opaque op, LaterOp again) {

  static OpaqueEntry of(Stamp stamp, Op.Opaque op) {
    return new OpaqueEntry(
        stamp, op, new LaterOp(stamp, OpaqueLog.run(op, OpaqueTraits.creates(op))));
  }

  /** True if it is known what it took. */
  boolean takes() {
    return op.edit() != null && op.edit().takes();
  }

  /** True if its node had executed the other one before; known of those that {@link #takes}. */
  boolean hasSeen(Stamp other) {
    return stamp.origin().equals(other.origin())
        ? other.offset() < stamp.offset()
        : op.edit().seen().covers(other.origin(), other.offset());
  }

  boolean isConcurrentWith(OpaqueEntry other) {
    return !stamp.equals(other.stamp) && !hasSeen(other.stamp) && !other.hasSeen(stamp);
  }
}
