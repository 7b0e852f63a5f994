package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Bytes;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import java.util.Set;

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

  /** What it took, each once; known of those that {@link #takes}. */
  Set<Bytes> taken() {
    return op.edit().taken();
  }

  /** How often it took an element; known of those that {@link #takes}. */
  int taken(Bytes element) {
    return op.edit().count(element);
  }

  /** True if its node had executed the other one before; known of those that {@link #takes}. */
  boolean hasSeen(Stamp other) {
    return stamp.origin().equals(other.origin())
        ? other.offset() < stamp.offset()
        : op.edit().seen().covers(other.origin(), other.offset());
  }
}
