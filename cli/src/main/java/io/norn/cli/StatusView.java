package io.norn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The picture that {@code norn status} prints: a block for each section, its name on the left, its
 * values beside it, as many in a line as fit. Values that are empty say nothing and are left out.
 */
final class StatusView {
  private static final int WIDTH = 100;
  private static final String GAP = "   ";

  private StatusView() {}

  static String render(Map<String, Map<String, String>> sections) {
    int indent = sections.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    StringBuilder picture = new StringBuilder();
    sections.forEach((name, values) -> block(picture, name, lines(values, WIDTH - indent), indent));
    return picture.toString();
  }

  private static void block(StringBuilder picture, String name, List<String> lines, int indent) {
    String left = name;
    for (String line : lines) {
      picture.append(left).append(" ".repeat(indent - left.length())).append(line).append('\n');
      left = "";
    }
  }

  private static List<String> lines(Map<String, String> values, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (Map.Entry<String, String> entry : values.entrySet()) {
      String pair = pair(entry.getKey(), entry.getValue());
      if (!line.isEmpty() && line.length() + GAP.length() + pair.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() || pair.isEmpty() ? "" : GAP).append(pair);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String pair(String name, String value) {
    return value.isBlank() ? "" : name.replace('_', ' ') + " " + value;
  }
}
