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

  /** Whether it fails every time. */
  enum Frequency {
    ALWAYS,
    /** It depends on how fast the agents are. */
    SOMETIMES
  }

  /**
   * A line of the file: {@code ID reason}, {@code ID@redis-7 reason} for servers whose name begins
   * like that, or {@code ?ID reason} for what fails now and then.
   *
   * @param id of the scenario
   * @param server how the names of the servers begin; empty for all
   * @param frequency whether it must fail
   * @param reason for people
   */
  record Line(String id, String server, Frequency frequency, String reason) {}

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
    boolean always = !parts[0].startsWith("?");
    String[] name = parts[0].substring(always ? 0 : 1).split("@", 2);
    return new Line(
        name[0],
        name.length > 1 ? name[1] : "",
        always ? Frequency.ALWAYS : Frequency.SOMETIMES,
        parts.length > 1 ? parts[1] : "");
  }

  /** What is known of a scenario on a server; empty if it must hold. */
  Optional<Line> of(Scenario scenario, ServerBinary server) {
    return lines.stream()
        .filter(line -> line.id().equals(scenario.id()) && nameOf(server).startsWith(line.server()))
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
