package io.norn.command;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of {@code docs/commands.md}, from the rules. */
final class CommandTables {
  private static final String HEAD =
      """
      | command | keys | merged | in the stream |
      | --- | --- | --- | --- |
      """;

  private CommandTables() {}

  /** All but the name: commands with the same stand in one row. */
  private record Row(String keys, String merged, String stream) {
    static Row of(CommandRule rule) {
      String merged = rule.standsInStreams() ? rule.kind().text() : "as those";
      return new Row(rule.keys(), merged, inStream(rule));
    }

    private static String inStream(CommandRule rule) {
      List<String> parts = new ArrayList<>();
      if (!rule.standsInStreams()) {
        parts.add(
            "arrives as " + String.join(", ", rule.arrivesAs().stream().map(Row::code).toList()));
      }
      if (!rule.note().isEmpty()) {
        parts.add(rule.note());
      }
      return String.join("; ", parts);
    }

    private static String code(String name) {
      return CommandTable.describes(name) ? "`" + name + "`" : name;
    }
  }

  static String table(CommandGroup group) {
    Map<Row, List<String>> rows = new LinkedHashMap<>();
    for (CommandRule rule : CommandTable.rules()) {
      if (rule.group() == group) {
        rows.computeIfAbsent(Row.of(rule), row -> new ArrayList<>()).add("`" + rule.name() + "`");
      }
    }
    return rows.entrySet().stream()
        .map(entry -> line(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining("", HEAD, ""));
  }

  private static String line(Row row, List<String> names) {
    return "| %s | %s | %s | %s |\n"
        .formatted(String.join(", ", names), row.keys(), row.merged(), row.stream());
  }
}
