package io.norn.command;

/**
 * The smallest thing that has a winner of its own: a hash field, a member, the value of a string,
 * or a key's time to live.
 *
 * @param type type of the value that it belongs to; {@link ValueType#NONE} for the time to live
 * @param name field or member; empty for the value of a string and the time to live
 */
public record Element(ValueType type, Bytes name) {
  public static final Element EXPIRY = new Element(ValueType.NONE, Bytes.EMPTY);
  public static final Element STRING_VALUE = new Element(ValueType.STRING, Bytes.EMPTY);

  public boolean isExpiry() {
    return type == ValueType.NONE;
  }
}
