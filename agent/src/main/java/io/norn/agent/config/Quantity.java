package io.norn.agent.config;

import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers with a unit: sizes as in {@code valkey.conf}, and durations. */
final class Quantity {
  private static final Pattern FORM = Pattern.compile("(\\d{1,18})([a-z]*)");

  /** As in valkey.conf: k is 1,000, kb is 1,024. */
  private static final Map<String, Long> SIZES =
      Map.ofEntries(
          Map.entry("", 1L),
          Map.entry("b", 1L),
          Map.entry("k", 1_000L),
          Map.entry("kb", 1L << 10),
          Map.entry("m", 1_000_000L),
          Map.entry("mb", 1L << 20),
          Map.entry("g", 1_000_000_000L),
          Map.entry("gb", 1L << 30),
          Map.entry("t", 1_000_000_000_000L),
          Map.entry("tb", 1L << 40));

  private static final Map<String, Long> DURATIONS =
      Map.of("ms", 1L, "s", 1_000L, "m", 60_000L, "h", 3_600_000L, "d", 86_400_000L);

  private Quantity() {}

  /**
   * Bytes from a text such as {@code 512mb}.
   *
   * @throws IllegalArgumentException if it is none; fit for users
   */
  static long bytes(String text) {
    return parse(text, SIZES, "is no size: write for instance 512mb or 8gb");
  }

  /**
   * Milliseconds from a text such as {@code 7d}; a bare 0 needs no unit.
   *
   * @throws IllegalArgumentException if it is none; fit for users
   */
  static long millis(String text) {
    return "0".equals(text)
        ? 0
        : parse(text, DURATIONS, "is no duration: write for instance 90s, 30m, 12h or 7d");
  }

  private static long parse(String text, Map<String, Long> units, String problem) {
    Matcher matcher = FORM.matcher(text.toLowerCase(Locale.ROOT));
    Long unit = matcher.matches() ? units.get(matcher.group(2)) : null;
    if (unit == null) {
      throw new IllegalArgumentException("'" + text + "' " + problem);
    }
    try {
      return Math.multiplyExact(Long.parseLong(matcher.group(1)), unit);
    } catch (ArithmeticException e) {
      throw new IllegalArgumentException("'" + text + "' is too large", e);
    }
  }
}
