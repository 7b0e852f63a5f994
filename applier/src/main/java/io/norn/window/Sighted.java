package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Op;
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

  /** Of an operation that replaced or removed its key. */
  WholeOp asWhole() {
    return new WholeOp(stamp, op instanceof Op.Replace each ? each.type() : ValueType.NONE);
  }
}
