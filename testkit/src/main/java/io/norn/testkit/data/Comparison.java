package io.norn.testkit.data;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * Says in words how two servers differ in a key.
 *
 * @param left name of one server
 * @param right name of the other
 * @param toleranceMillis how far apart two expiry times may be
 */
record Comparison(String left, String right, long toleranceMillis) {
  private static final int MAX_ELEMENTS_SHOWN = 3;

  /** Lines for one key, none if there is no difference; null entries are keys not there. */
  List<String> lines(KeyName key, Entry a, Entry b) {
    if (a == null || b == null || !a.type().equals(b.type())) {
      return List.of(key + ": " + sides(a, b));
    }
    List<String> lines = new ArrayList<>();
    if (!a.sameValue(b, toleranceMillis)) {
      lines.add(key + " " + a.type() + ": " + elements(a, b));
    }
    if (!a.sameExpiry(b, toleranceMillis)) {
      lines.add(key + " expiry: " + sides(expiry(a), expiry(b)));
    }
    return lines;
  }

  private String elements(Entry a, Entry b) {
    List<String> differences = elementDifferences(byName(a), byName(b));
    int more = differences.size() - MAX_ELEMENTS_SHOWN;
    if (differences.isEmpty()) {
      return "the same elements in another order";
    }
    return more <= 0
        ? String.join("; ", differences)
        : String.join("; ", differences.subList(0, MAX_ELEMENTS_SHOWN)) + "; and " + more + " more";
  }

  private List<String> elementDifferences(Map<ByteBuffer, Element> a, Map<ByteBuffer, Element> b) {
    Set<ByteBuffer> names = new LinkedHashSet<>(a.keySet());
    names.addAll(b.keySet());
    List<String> differences = new ArrayList<>();
    for (ByteBuffer name : names) {
      Element inA = a.get(name);
      Element inB = b.get(name);
      if (inA == null || inB == null || !inA.sameAs(inB, toleranceMillis)) {
        differences.add(where(inA == null ? inB : inA) + sides(inA, inB));
      }
    }
    return differences;
  }

  private static String where(Element element) {
    return element.name().length == 0 ? "" : Quoted.quote(element.name()) + " ";
  }

  private static Map<ByteBuffer, Element> byName(Entry entry) {
    Map<ByteBuffer, Element> map = new LinkedHashMap<>();
    entry.elements().forEach(element -> map.put(ByteBuffer.wrap(element.name()), element));
    return map;
  }

  private static String expiry(Entry entry) {
    return entry.expireAtMillis() == Element.NEVER ? "never" : entry.expireAtMillis() + " ms";
  }

  private String sides(Object a, Object b) {
    return "%s has %s, %s has %s"
        .formatted(left, Objects.toString(a, "nothing"), right, Objects.toString(b, "nothing"));
  }
}
