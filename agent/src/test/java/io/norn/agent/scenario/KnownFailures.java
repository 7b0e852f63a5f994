package io.norn.agent.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Scenarios that do not hold yet, with the reason. One that does hold must leave the list, so it
 * can only shrink.
 */
final class KnownFailures {
  private static final String FILE = "known-failing.txt";

  private final List<Line> lines;

  /**
   * A line of the file: {@code ID reason}, or {@code ID@redis-7 reason} for servers whose name
   * begins like that.
   *
   * @param id of the scenario
   * @param server how the names of the servers begin; empty for all
   * @param reason for people
   */
  record Line(String id, String server, String reason) {}

  private KnownFailures(List<Line> lines) {
    this.lines = lines;
  }

  /** The list among the test resources. */
  static KnownFailures read() {
    Path file = ScenarioFiles.directory().resolve(FILE);
    try {
      return new KnownFailures(
          Files.readAllLines(file, UTF_8).stream()
              .map(String::strip)
              .filter(line -> !line.isEmpty() && !line.startsWith("#"))
              .map(KnownFailures::line)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Line line(String text) {
    String[] parts = text.split(" +", 2);
    String[] name = parts[0].split("@", 2);
    return new Line(name[0], name.length > 1 ? name[1] : "", parts.length > 1 ? parts[1] : "");
  }

  /** Why a scenario is known to fail on a server; empty if it must hold. */
  Optional<String> reason(Scenario scenario, ServerBinary server) {
    return lines.stream()
        .filter(line -> line.id().equals(scenario.id()) && nameOf(server).startsWith(line.server()))
        .map(Line::reason)
        .findFirst();
  }

  /** Such as {@code redis-7.0.15}. */
  static String nameOf(ServerBinary server) {
    return server.name().replace("-server ", "-");
  }

  /** Ids in the list of which there is no scenario. */
  List<String> unknown(List<Scenario> scenarios) {
    List<String> ids = new ArrayList<>(lines.stream().map(Line::id).toList());
    scenarios.forEach(scenario -> ids.removeIf(id -> id.equals(scenario.id())));
    return ids;
  }
}
