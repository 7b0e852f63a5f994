package io.norn.examples.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Results: for each thing measured, named numbers. Printed for people, or as JSON for programs.
 *
 * @param title what was measured, how, and in which unit
 * @param rows numbers by name, by what was measured
 */
public record Table(String title, Map<String, Map<String, Double>> rows) {
  private static final int CELL = 12;

  Table(String title) {
    this(title, new LinkedHashMap<>());
  }

  void put(String row, String column, double value) {
    rows.computeIfAbsent(row, name -> new LinkedHashMap<>()).put(column, value);
  }

  /** As aligned columns; names that rows share stand in one column. */
  public String text() {
    List<String> columns =
        rows.values().stream().flatMap(row -> row.keySet().stream()).distinct().toList();
    int left = rows.keySet().stream().mapToInt(String::length).max().orElse(0);
    StringBuilder text = new StringBuilder(title).append('\n').append(" ".repeat(left));
    columns.forEach(column -> text.append(pad(column)));
    rows.forEach(
        (name, row) -> {
          text.append('\n').append(name).append(" ".repeat(left - name.length()));
          columns.forEach(column -> text.append(pad(number(row.get(column)))));
        });
    return text.append('\n').toString();
  }

  /** As an object of objects of numbers, with the title beside. */
  public String json() {
    List<String> objects = new ArrayList<>(List.of(quote("title") + ":" + quote(title)));
    rows.forEach((name, row) -> objects.add(quote(name) + ":" + object(row)));
    return "{" + String.join(",", objects) + "}";
  }

  private static String object(Map<String, Double> row) {
    List<String> members = new ArrayList<>();
    row.forEach((name, value) -> members.add(quote(name) + ":" + exact(value)));
    return "{" + String.join(",", members) + "}";
  }

  private static String exact(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }

  private static String quote(String text) {
    return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }

  private static String pad(String text) {
    return " ".repeat(Math.max(1, CELL - text.length())) + text;
  }

  private static String number(Double value) {
    if (value == null) {
      return "";
    }
    double size = Math.abs(value);
    return String.format(Locale.ROOT, size >= 100 ? "%,.0f" : size >= 10 ? "%.1f" : "%.3f", value);
  }
}
