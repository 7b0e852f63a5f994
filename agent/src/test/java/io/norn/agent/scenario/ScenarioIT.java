package io.norn.agent.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/**
 * Runs the scenarios on one server, real Valkey where there is one; {@code -Dscenario=ID,PREFIX*}
 * only some, {@code -Dscenario.server=redis} on such servers, {@code -Dscenario.server=all} (as
 * {@code -Pfull} does) on all there are. Those in {@code known-failing.txt} must fail.
 */
class ScenarioIT {
  private static final String SERVER = System.getProperty("scenario.server", "");
  private static final String ALL = "all";
  private static final Path REPORT = Path.of("target", "scenarios.md");
  private static final MeshPool POOL = new MeshPool();
  private static final Results RESULTS = new Results();

  private final KnownFailures known = KnownFailures.read();

  @AfterAll
  static void close() throws IOException {
    POOL.close();
    RESULTS.write(REPORT);
  }

  @Test
  void shouldKnowFailuresOfScenariosThatAreThereOnly() {
    assertThat(known.unknown(ScenarioFiles.all())).as("ids in known-failing.txt").isEmpty();
  }

  @TestFactory
  Stream<DynamicNode> shouldHold() {
    List<Scenario> chosen = ScenarioFiles.all().stream().filter(ScenarioIT::isChosen).toList();
    assertThat(chosen).as("scenarios chosen with -Dscenario").isNotEmpty();
    return servers().stream().map(server -> on(server, chosen));
  }

  private static List<ServerBinary> servers() {
    List<ServerBinary> usual = ServerBinary.forTests();
    if (SERVER.isEmpty()) {
      return usual.subList(usual.size() - 1, usual.size());
    }
    return Stream.concat(usual.stream(), ServerBinary.listed().stream())
        .distinct()
        .filter(server -> SERVER.equals(ALL) || KnownFailures.nameOf(server).startsWith(SERVER))
        .toList();
  }

  private DynamicContainer on(ServerBinary server, List<Scenario> scenarios) {
    return dynamicContainer(
        server.name(),
        scenarios.stream()
            .map(
                scenario ->
                    dynamicTest(
                        scenario + " (" + server.name() + ")", () -> check(scenario, server))));
  }

  private static boolean isChosen(Scenario scenario) {
    return Arrays.stream(System.getProperty("scenario", "*").split(",", -1))
        .anyMatch(
            wanted ->
                wanted.endsWith("*")
                    ? scenario.id().startsWith(wanted.substring(0, wanted.length() - 1))
                    : scenario.id().equals(wanted));
  }

  private void check(Scenario scenario, ServerBinary server) {
    Optional<KnownFailures.Line> line = known.of(scenario, server);
    String reason = line.map(KnownFailures.Line::reason).orElse("");
    Trial.Hope hope = line.isPresent() ? Trial.Hope.NONE : Trial.Hope.GOOD;
    long start = System.nanoTime();
    Trial.Outcome outcome = new Trial(POOL, scenario, server, hope).run();
    long millis = (System.nanoTime() - start) / 1_000_000;
    RESULTS.add(scenario, server, outcome + (reason.isEmpty() ? "" : ", known: " + reason), millis);
    if (outcome instanceof Trial.Outcome.NotRun) {
      throw new TestAbortedException(outcome.toString());
    } else if (outcome instanceof Trial.Outcome.Fails fails) {
      String message = fails.cause().getMessage();
      if (line.isPresent()) {
        throw new TestAbortedException("known to fail, " + reason + ": " + message, fails.cause());
      }
      throw new AssertionFailedError(message, fails.cause());
    }
    if (line.isPresent() && line.get().frequency() == KnownFailures.Frequency.ALWAYS) {
      throw new AssertionFailedError(
          scenario.id()
              + " now holds: remove it from known-failing.txt, where it is for: "
              + reason);
    }
  }
}
