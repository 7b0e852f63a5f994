package io.norn.testkit.data;

import java.util.List;

/**
 * What a key holds.
 *
 * @param type as {@code TYPE} says
 * @param elements in order for lists and streams, else sorted by name
 * @param expireAtMillis since the epoch, or {@link Element#NEVER}
 */
record Entry(String type, List<Element> elements, long expireAtMillis) {

  Entry with(List<Element> newElements) {
    return new Entry(type, newElements, expireAtMillis);
  }

  boolean sameExpiry(Entry other, long toleranceMillis) {
    return Element.sameExpiry(expireAtMillis, other.expireAtMillis, toleranceMillis);
  }

  boolean sameValue(Entry other, long toleranceMillis) {
    if (elements.size() != other.elements.size()) {
      return false;
    }
    for (int i = 0; i < elements.size(); i++) {
      if (!elements.get(i).sameAs(other.elements.get(i), toleranceMillis)) {
        return false;
      }
    }
    return true;
  }

  /** Such as {@code string "v"} or {@code hash of 3}. */
  @Override
  public String toString() {
    boolean whole = elements.size() == 1 && elements.get(0).name().length == 0;
    return type + (whole ? " " + elements.get(0) : " of " + elements.size());
  }
}
