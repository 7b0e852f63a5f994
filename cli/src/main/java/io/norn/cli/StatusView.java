package io.norn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The picture that {@code norn status} prints: a block for each section, its name on the left, its
 * values beside it, as many in a line as fit. Values that are empty or unknown are left out.
 */
final class StatusView {
  private static final int WIDTH = 100;
  private static final String GAP = "   ";

  /** What the agent says of a number that it does not know. */
  private static final String UNKNOWN = "-1";

  /** The one value that is a moment and not a duration. */
  private static final String MOMENT = "since_millis";

  private static final String PAST_MOMENT = "_at_millis";
  private static final String PER_SECOND = "_per_second";

  private final long nowMillis;

  private StatusView(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  /**
   * Draws the sections in their order.
   *
   * @param nowMillis since the epoch, to turn moments into ages
   */
  static String render(Map<String, Map<String, String>> sections, long nowMillis) {
    int indent = sections.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    StatusView view = new StatusView(nowMillis);
    StringBuilder picture = new StringBuilder();
    sections.forEach(
        (name, values) -> block(picture, name, view.lines(name, values, WIDTH - indent), indent));
    return picture.toString();
  }

  private static void block(StringBuilder picture, String name, List<String> lines, int indent) {
    String left = name;
    for (String line : lines) {
      picture.append(left).append(" ".repeat(indent - left.length())).append(line).append('\n');
      left = "";
    }
  }

  private List<String> lines(String section, Map<String, String> values, int width) {
    String prefix = section.toLowerCase(Locale.ROOT) + "_";
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      String pair =
          pair(entry.getKey().replaceFirst("^" + prefix + "(?!per_)", ""), entry.getValue());
      if (!line.isEmpty() && line.length() + GAP.length() + pair.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() || pair.isEmpty() ? "" : GAP).append(pair);
    }
    lines.add(line.toString());
    return lines;
  }

  /** The unit that ends a name is shown with the number instead. */
  private String pair(String name, String value) {
    if (value.isBlank() || (value.equals(UNKNOWN) && !name.startsWith("clock_"))) {
      return "";
    }
    if (name.endsWith(PER_SECOND)) {
      return rate(name.substring(0, name.length() - PER_SECOND.length()), value);
    }
    String label = name.replaceAll("_(bytes|millis)$", "").replace('_', ' ');
    if (!value.matches("-?\\d{1,18}")) {
      return label + " " + value;
    }
    long number = Long.parseLong(value);
    if (name.endsWith("_bytes")) {
      return label + " " + Quantity.bytes(number);
    }
    if (name.equals(MOMENT)) {
      return "for " + Quantity.millis(Math.max(0, nowMillis - number));
    }
    if (name.endsWith(PAST_MOMENT)) {
      String what = name.substring(0, name.length() - PAST_MOMENT.length()).replace('_', ' ');
      return what + " " + Quantity.millis(Math.max(0, nowMillis - number)) + " ago";
    }
    return label + " " + (name.endsWith("_millis") ? Quantity.millis(number) : value);
  }

  private static String rate(String name, String value) {
    String label = name.replaceAll("_bytes$", "").replace('_', ' ');
    Values values = new Values(Map.of("x" + PER_SECOND, value));
    return label
        + " "
        + (name.endsWith("_bytes") ? values.bytesRate("x") : values.rate("x"))
        + "/s";
  }
}
