package io.norn.command;

import java.util.List;

/** What a command does to one element. */
public sealed interface ElementOp {
  Element element();

  /** True if the key exists afterwards, whatever was before. */
  default boolean creates() {
    if (element().type() == ValueType.STREAM && !(this instanceof Run)) {
      return StreamElement.creates(this);
    }
    return !(this instanceof Remove) && !element().isExpiry();
  }

  /** True if the key may be gone afterwards; a stream stays when it is empty. */
  default boolean mayEmpty() {
    return this instanceof Remove && !element().isExpiry() && element().type() != ValueType.STREAM;
  }

  /** True if the result does not depend on what was there. */
  default boolean overwrites() {
    return this instanceof Put || this instanceof Remove;
  }

  /**
   * True for {@code SET … KEEPTTL}, the only command that changes a key's type and leaves its time
   * to live: in another order the time to live goes with the type.
   */
  default boolean keepsExpiryOfOtherType() {
    return this instanceof Put && element().equals(Element.STRING_VALUE);
  }

  /** True if the order of the two makes no difference, both being executed on any value. */
  default boolean commutesWith(ElementOp other) {
    if (this instanceof Bound bound && other instanceof Bound another) {
      return bound.flag().equals(another.flag());
    }
    return this instanceof Add && other instanceof Add;
  }

  /**
   * Gives the element this value.
   *
   * @param element the element
   * @param value hash value, string value, score, empty for set members, or the expiry as
   *     milliseconds since the epoch
   */
  record Put(Element element, byte[] value) implements ElementOp {}

  /**
   * Takes the element away; for the time to live: makes the key persistent.
   *
   * @param element the element
   */
  record Remove(Element element) implements ElementOp {}

  /**
   * Adds to a number.
   *
   * @param element hash field, string value or sorted-set member
   * @param delta integer for strings and hashes, a double as the client wrote it for scores
   */
  record Add(Element element, byte[] delta) implements ElementOp {}

  /**
   * A command that depends on the whole value and on the order with others. The window remembers it
   * apart from the elements.
   *
   * @param element names the type only
   * @param command name and arguments as they came
   * @param commands names and arguments of what is executed in its place
   * @param creates if the key exists afterwards
   */
  record Run(Element element, byte[][] command, List<byte[][]> commands, boolean creates)
      implements ElementOp {}

  /**
   * Raises or lowers a score to a bound: {@code ZADD GT} and {@code ZADD LT}.
   *
   * @param element sorted-set member
   * @param score the bound
   * @param flag {@code GT} or {@code LT}
   */
  record Bound(Element element, byte[] score, String flag) implements ElementOp {}
}
