package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Op;

/**
 * An opaque command that wrote a key.
 *
 * @param stamp when
 * @param op what
 */
record OpaqueEntry(Stamp stamp, Op.Opaque op) {

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
