package io.norn.merge;

import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.Text;

/** What operations mean for counters: integers that are strings or fields of hashes. */
final class Deltas {
  private Deltas() {}

  /** The counter, if the operation is nothing but an increment of one; else null. */
  static Element counterOf(Op op) {
    if (op instanceof Op.Elements elements
        && elements.ops().size() == 1
        && elements.ops().get(0) instanceof ElementOp.Add add
        && add.element().type() != ValueType.ZSET
        && Text.integer(add.delta()).isPresent()) {
      return add.element();
    }
    return null;
  }

  /** By how much an operation increments, of which {@link #counterOf} gave the counter. */
  static long sum(Op.Elements increment) {
    return Text.integer(((ElementOp.Add) increment.ops().get(0)).delta()).orElseThrow();
  }

  /**
   * True for an increment of a key that was not watched. Such are written in lower case: servers
   * hand commands on as they are written, so the stream tells them from others.
   */
  static boolean isUnwatched(byte[][] command) {
    return Character.isLowerCase(command[0][0]);
  }

  static byte[] text(long delta) {
    return Text.bytes(Long.toString(delta));
  }

  /** True if nothing of the counter's value before the operation is left behind it. */
  static boolean overwrites(Op op, Element counter) {
    if (op instanceof Op.Elements elements) {
      return elements.ops().stream()
          .anyMatch(each -> each.overwrites() && each.element().equals(counter));
    }
    return true;
  }
}
