package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;

/**
 * An operation that was executed.
 *
 * @param stamp when
 * @param seen what its node had seen by then
 * @param op what
 */
public record Sighted(Stamp stamp, VersionVector seen, Op op) {

  /** Type of what it works on; {@link ValueType#OTHER} where that is not known. */
  ValueType type() {
    if (op instanceof Op.Elements elements) {
      return elements.type();
    }
    return op instanceof Op.Opaque opaque ? OpaqueTraits.type(opaque) : ValueType.OTHER;
  }

  /** Of an operation that replaced or removed its key. */
  WholeOp asWhole() {
    return new WholeOp(stamp, op instanceof Op.Replace each ? each.type() : ValueType.NONE);
  }
}
