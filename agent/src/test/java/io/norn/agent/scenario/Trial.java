package io.norn.agent.scenario;

import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.util.Optional;

/**
 * One run of a scenario on a kind of server.
 *
 * @param pool of meshes
 * @param hope whether it should hold
 */
record Trial(MeshPool pool, Scenario scenario, ServerBinary server, Hope hope) {

  /** What is known to fail should not hold up the build for long. */
  enum Hope {
    GOOD(10_000),
    NONE(700);

    private final long limitMillis;

    Hope(long limitMillis) {
      this.limitMillis = limitMillis;
    }
  }

  /** How it ended. */
  sealed interface Outcome {
    /** As it should be. */
    record Holds() implements Outcome {
      @Override
      public String toString() {
        return "holds";
      }
    }

    /** The server lacks a command. */
    record NotRun(String command) implements Outcome {
      @Override
      public String toString() {
        return "not run: the server has no " + command;
      }
    }

    /** It does not hold, or cannot be run. */
    record Fails(Throwable cause) implements Outcome {
      @Override
      public String toString() {
        return "FAILS: " + cause.getMessage();
      }
    }
  }

  Outcome run() {
    try {
      ScenarioMesh mesh = pool.take(server, scenario);
      Outcome outcome = runOn(mesh);
      if (outcome instanceof Outcome.Fails && hope == Hope.GOOD) {
        mesh.close();
      } else if (outcome instanceof Outcome.Fails) {
        pool.giveBackIfClean(server, scenario, mesh);
      } else {
        pool.giveBack(server, scenario, mesh);
      }
      return outcome;
    } catch (AssertionError | IOException e) {
      return new Outcome.Fails(e);
    }
  }

  private Outcome runOn(ScenarioMesh mesh) {
    try {
      Optional<String> missing = missing(mesh);
      if (missing.isPresent()) {
        return new Outcome.NotRun(missing.get());
      }
      new ScenarioRun(scenario, mesh, hope.limitMillis).run();
      return new Outcome.Holds();
    } catch (AssertionError | IOException e) {
      return new Outcome.Fails(e);
    }
  }

  private Optional<String> missing(ScenarioMesh mesh) throws IOException {
    for (String command : scenario.needs()) {
      if (!mesh.has(command)) {
        return Optional.of(command);
      }
    }
    return Optional.empty();
  }
}
