package io.norn.agent.scenario;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table of all scenarios that were run, with their sources, for people. */
final class Results {
  private final List<String> lines =
      new ArrayList<>(
          List.of(
              "| scenario | what it shows | nodes | server | result | ms | where | source |",
              "| --- | --- | --- | --- | --- | --- | --- | --- |"));

  void add(Scenario scenario, ServerBinary server, String result, long millis) {
    List<String> cells =
        List.of(
            scenario.id(),
            scenario.title(),
            Integer.toString(scenario.nodes()),
            KnownFailures.nameOf(server),
            result.strip().replace("\n", "<br>").replace("|", "\\|"),
            Long.toString(millis),
            scenario.place().toString(),
            scenario.source());
    lines.add("| " + String.join(" | ", cells) + " |");
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.write(file, lines, UTF_8);
  }
}
