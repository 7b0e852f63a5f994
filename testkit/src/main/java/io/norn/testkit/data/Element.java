package io.norn.testkit.data;

import java.util.Arrays;
import java.util.Comparator;

/**
 * A part of a value: a field with its value, a member with its score, an item of a list with its
 * index; the whole of a string has an empty name.
 */
final class Element {
  static final long NEVER = -1;
  static final Comparator<Element> BY_NAME = (a, b) -> Arrays.compareUnsigned(a.name, b.name);

  private final byte[] name;
  private final byte[] content;
  private final long expireAtMillis;

  Element(byte[] name, byte[] content) {
    this(name, content, NEVER);
  }

  private Element(byte[] name, byte[] content, long expireAtMillis) {
    this.name = name;
    this.content = content;
    this.expireAtMillis = expireAtMillis;
  }

  Element expiringAt(long millis) {
    return new Element(name, content, millis);
  }

  byte[] name() {
    return name;
  }

  boolean sameAs(Element other, long expiryToleranceMillis) {
    return Arrays.equals(name, other.name)
        && Arrays.equals(content, other.content)
        && sameExpiry(expireAtMillis, other.expireAtMillis, expiryToleranceMillis);
  }

  /** Never is only the same as never. */
  static boolean sameExpiry(long a, long b, long toleranceMillis) {
    if (a == NEVER || b == NEVER) {
      return a == b;
    }
    return Math.abs(a - b) <= toleranceMillis;
  }

  /** The content, and when it expires. */
  @Override
  public String toString() {
    String text = Quoted.quote(content);
    return expireAtMillis == NEVER ? text : text + " until " + expireAtMillis;
  }
}
