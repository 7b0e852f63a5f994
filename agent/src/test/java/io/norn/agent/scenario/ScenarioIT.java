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
import org.opentest4j.TestAbortedException;

/**
 * Runs the scenarios on each kind of server there is; {@code -Dscenario=ID,PREFIX*} only some.
 * Those in {@code known-failing.txt} must fail.
 */
class ScenarioIT {
  private static final long LIMIT_MILLIS = 10_000;

  /** What is known to fail should not hold up the build for long. */
  private static final long KNOWN_LIMIT_MILLIS = 1_500;

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
    return ServerBinary.forTests().stream().map(server -> on(server, chosen));
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

  private void check(Scenario scenario, ServerBinary server) throws IOException {
    Optional<String> reason = known.reason(scenario, server);
    long start = System.nanoTime();
    String result = "failed";
    try {
      run(scenario, server, reason.isPresent() ? KNOWN_LIMIT_MILLIS : LIMIT_MILLIS);
      result = "holds";
    } catch (TestAbortedException e) {
      result = e.getMessage();
      throw e;
    } catch (AssertionError | IOException e) {
      result = "FAILS: " + e.getMessage();
      if (reason.isEmpty()) {
        throw e;
      }
      System.out.println("known to fail, " + reason.get() + ": " + e.getMessage());
      throw new TestAbortedException("known to fail: " + reason.get(), e);
    } finally {
      RESULTS.add(scenario, server, result, (System.nanoTime() - start) / 1_000_000);
    }
    assertThat(reason).as(scenario.id() + " now holds: remove it from known-failing.txt").isEmpty();
  }

  /** A mesh on which a scenario failed is not used again. */
  private static void run(Scenario scenario, ServerBinary server, long limitMillis)
      throws IOException {
    ScenarioMesh mesh = POOL.take(server, scenario);
    boolean held = false;
    try {
      for (String command : scenario.needs()) {
        if (!mesh.has(command)) {
          held = true;
          throw new TestAbortedException("not run: the server has no " + command);
        }
      }
      new ScenarioRun(scenario, mesh, limitMillis).run();
      held = true;
    } finally {
      if (held) {
        POOL.giveBack(server, scenario, mesh);
      } else {
        mesh.close();
      }
    }
  }
}
