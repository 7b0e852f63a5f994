package io.norn.agent.scenario;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** The scenarios among the test resources. */
final class ScenarioFiles {
  private static final String SUFFIX = ".scn";

  private ScenarioFiles() {}

  /** The directory that holds them. */
  static Path directory() {
    try {
      return Path.of(
          Objects.requireNonNull(ScenarioFiles.class.getResource("/scenarios"), "/scenarios")
              .toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** All of all files, in the order of the files' names. */
  static List<Scenario> all() {
    List<Scenario> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory())) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).sorted().toList()) {
        String name = file.getFileName().toString();
        all.addAll(ScenarioParser.parse(name, Files.readAllLines(file, ISO_8859_1)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    checkUnique(all);
    return all;
  }

  private static void checkUnique(List<Scenario> all) {
    Map<String, Place> places = new HashMap<>();
    for (Scenario scenario : all) {
      Place other = places.put(scenario.id(), scenario.place());
      if (other != null) {
        throw new ScenarioSyntaxException(
            scenario.place(), scenario.id() + " is the id of the scenario at " + other + " too");
      }
    }
  }
}
