package io.norn.command;

import io.norn.stream.Text;

/**
 * The smallest thing that has a winner of its own: a hash field, a member, the value of a string,
 * one bit of it, or a key's time to live.
 *
 * @param type type of the value that it belongs to; {@link ValueType#NONE} for the time to live
 * @param name field, member, or offset of a bit; empty for the value of a string and the time to
 *     live
 */
public record Element(ValueType type, Bytes name) {
  public static final Element EXPIRY = new Element(ValueType.NONE, Bytes.EMPTY);
  public static final Element STRING_VALUE = new Element(ValueType.STRING, Bytes.EMPTY);

  /**
   * One bit of a string.
   *
   * @param offset as in {@code SETBIT}
   */
  static Element bit(long offset) {
    return new Element(ValueType.STRING, new Bytes(Text.bytes(Long.toString(offset))));
  }

  /** True for a bit: whoever overwrites the whole value overwrites it, too. */
  public boolean isBit() {
    return type == ValueType.STRING && !name.equals(Bytes.EMPTY);
  }

  public boolean isExpiry() {
    return type == ValueType.NONE;
  }
}
