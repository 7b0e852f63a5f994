package io.norn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The picture of {@code norn status --watch}: one line for each thing that an operator looks at, a
 * table of peers, and what went wrong last. It never has more lines or columns than the terminal.
 */
final class WatchScreen {
  private final Map<String, Map<String, String>> status;
  private final int width;
  private final List<String> lines = new ArrayList<>();

  private WatchScreen(Map<String, Map<String, String>> status, int width) {
    this.status = status;
    this.width = width;
  }

  /**
   * Draws it.
   *
   * @param nowMillis since the epoch, to turn moments into ages
   */
  static List<String> lines(
      Map<String, Map<String, String>> status, int width, int height, long nowMillis) {
    WatchScreen screen = new WatchScreen(status, width);
    screen.node(nowMillis);
    screen.own();
    screen.work();
    screen.peers();
    screen.decisions();
    screen.problem(nowMillis);
    return screen.fitted(height);
  }

  private List<String> fitted(int height) {
    List<String> fitted = new ArrayList<>();
    for (String line : lines.subList(0, Math.min(lines.size(), Math.max(0, height)))) {
      fitted.add(Texts.cut(Texts.printable(line), width));
    }
    return fitted;
  }

  private Values section(String name) {
    return new Values(status.getOrDefault(name, Map.of()));
  }

  private void add(String... parts) {
    lines.add(String.join("   ", List.of(parts).stream().filter(part -> !part.isBlank()).toList()));
  }

  private void node(long nowMillis) {
    Values node = section("Node");
    String left = "Norn " + node.text("node_id") + " beside " + node.text("local");
    String up = "up " + section("Process").duration("uptime_millis");
    String clock = String.format("%tT", nowMillis);
    String right = up + "   " + clock;
    int gap = Math.max(3, width - left.length() - right.length());
    lines.add(left + " ".repeat(gap) + right);
  }

  private void own() {
    Values local = section("Local");
    add(
        "server " + local.text("state"),
        local.text("version"),
        local.rate("received_commands") + " commands/s",
        local.bytesRate("received_bytes") + "/s",
        "journal " + local.bytes("journal_bytes"));
    if (!local.text("detail").isEmpty()) {
      add("  " + local.text("detail"));
    }
  }

  private void work() {
    Values apply = section("Apply");
    add(
        "applying " + apply.rate("applied_units") + " changes/s",
        apply.rate("applied_batches") + " EXEC/s",
        apply.rate("aborted_batches") + " again/s",
        "failed " + apply.text("failed_commands"));
    if (!apply.text("apply_obstacle").isEmpty()) {
      add("  BLOCKED: " + apply.text("apply_obstacle"));
    }
    Values window = section("Window");
    Values process = section("Process");
    add(
        "window " + window.text("window_keys") + " keys",
        window.text("window_entries") + " operations",
        "heap " + process.bytes("heap_used_bytes") + " of " + process.bytes("heap_max_bytes"),
        "disk free " + process.bytes("disk_free_bytes"));
  }

  private void peers() {
    TextTable table =
        new TextTable("PEER", "NODE", "STATE", "LAG", "WAITS", "IN/S", "B/S", "CLOCK");
    List<String> details = new ArrayList<>();
    status.forEach(
        (name, fields) -> {
          if (name.matches("Peer\\d+")) {
            Values peer = new Values(fields);
            row(table, peer);
            if (!peer.text("detail").isEmpty()) {
              details.add("  " + peer.text("address") + ": " + peer.text("detail"));
            }
          }
        });
    lines.add("");
    lines.addAll(table.lines(width));
    lines.addAll(details);
  }

  private static void row(TextTable table, Values peer) {
    table.row(
        peer.text("address"),
        peer.text("node_id"),
        peer.text("state"),
        peer.duration("lag_millis"),
        peer.bytes("lag_bytes"),
        peer.rate("received_commands"),
        peer.bytesRate("received_bytes"),
        peer.duration("clock_ahead_millis"));
  }

  private void decisions() {
    Values apply = section("Apply");
    Values conflicts = section("Conflicts");
    lines.add("");
    add(
        "decided: skipped " + apply.text("dominated_operations"),
        "redone " + conflicts.text("redone"),
        "verbatim " + apply.text("verbatim_commands"),
        "conflicts " + conflicts.text("conflicts"));
  }

  private void problem(long nowMillis) {
    Values log = section("Log");
    if (!log.text("last_problem").isEmpty()) {
      lines.add(
          "last problem, "
              + log.age("last_problem_at_millis", nowMillis)
              + " ago: "
              + log.text("last_problem"));
    }
  }
}
