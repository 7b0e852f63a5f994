package io.norn.cli;

import java.util.Map;
import java.util.OptionalDouble;

/**
 * Values of one section, as people read them; a dash for what is unknown.
 *
 * @param fields as the agent says them
 */
record Values(Map<String, String> fields) {
  private static final String UNKNOWN = "-";
  private static final double THOUSAND = 1000;

  String text(String name) {
    return fields.getOrDefault(name, "");
  }

  String bytes(String name) {
    return number(name).isEmpty() ? UNKNOWN : Quantity.bytes((long) number(name).getAsDouble());
  }

  String duration(String name) {
    return number(name).isEmpty() ? UNKNOWN : Quantity.millis((long) number(name).getAsDouble());
  }

  /** How long ago a moment was. */
  String age(String name, long nowMillis) {
    OptionalDouble at = number(name);
    return at.isEmpty()
        ? UNKNOWN
        : Quantity.millis(Math.max(0, nowMillis - (long) at.getAsDouble()));
  }

  /** How much a counter of this name grows each second. */
  String rate(String name) {
    OptionalDouble rate = number(name + "_per_second");
    return rate.isEmpty() ? UNKNOWN : count(rate.getAsDouble());
  }

  String bytesRate(String name) {
    OptionalDouble rate = number(name + "_per_second");
    return rate.isEmpty() ? UNKNOWN : Quantity.bytes(Math.round(rate.getAsDouble()));
  }

  private static String count(double rate) {
    if (rate >= 100 * THOUSAND) {
      return Math.round(rate / THOUSAND) + "k";
    }
    boolean isWhole = rate >= 10 || rate == Math.rint(rate);
    return isWhole ? Long.toString(Math.round(rate)) : Double.toString(rate);
  }

  private OptionalDouble number(String name) {
    String text = text(name);
    boolean isNumber = text.matches("-?\\d{1,18}(\\.\\d{1,9})?");
    boolean isUnknown = text.equals("-1") && !name.startsWith("clock_");
    return isNumber && !isUnknown
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }
}
