package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ValueType;

/** Keys of which nothing is remembered that makes increments difficult. */
public final class PlainKey {
  private PlainKey() {}

  /**
   * True if an increment of a part of the key simply commutes with all that is remembered of it, or
   * is meaningless: no other type, no time to live, no bit, no command whose order matters. Where a
   * removal spares what it had not seen, what counts is not told by the order of stamps.
   */
  public static boolean isOne(Window window, DbKey key, ValueType type) {
    KeyWindow known = window.of(key);
    return !window.policy().isObserved(key)
        && known.opaques() == null
        && !known.isOtherTypeAfter(Stamp.FIRST, type)
        && known.elements().hasOnly(element -> isPlain(element, type))
        && !window.unordered().cases().containsKey(key)
        && window.flushesOf(key.db()).isEmpty();
  }

  /** Bits of a string are parts of what is incremented; fields of a hash are not. */
  private static boolean isPlain(Element element, ValueType type) {
    return type == ValueType.STRING ? element.equals(Element.STRING_VALUE) : element.type() == type;
  }
}
