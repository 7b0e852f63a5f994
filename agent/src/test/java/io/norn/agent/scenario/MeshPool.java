package io.norn.agent.scenario;

import io.norn.testkit.server.ServerBinary;
import java.io.Closeable;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Meshes that are used for one scenario after another, because starting one takes longer than most
 * scenarios.
 */
final class MeshPool implements Closeable {
  private static final int MAX_IDLE = 3;
  private static final long EMPTY_MILLIS = 10_000;
  private static final long CLEAN_MILLIS = 1_000;
  private static final List<String> SETTINGS = List.of("CONFIG", "DEBUG");

  private final Map<Kind, ScenarioMesh> idle = new LinkedHashMap<>();

  /** What scenarios must have in common to share a mesh. */
  private record Kind(ServerBinary server, int nodes, List<String> policies) {}

  /** A mesh whose servers are empty. */
  ScenarioMesh take(ServerBinary server, Scenario scenario) throws IOException {
    Kind kind = kind(server, scenario);
    ScenarioMesh mesh = idle.remove(kind);
    return mesh == null ? new ScenarioMesh(server, kind.nodes(), kind.policies()) : mesh;
  }

  private static Kind kind(ServerBinary server, Scenario scenario) {
    return new Kind(server, scenario.nodes(), scenario.policies());
  }

  /** Empties a mesh on which a scenario held, and keeps it for others. */
  void giveBack(ServerBinary server, Scenario scenario, ScenarioMesh mesh) throws IOException {
    try {
      empty(mesh, EMPTY_MILLIS);
    } catch (IOException | RuntimeException | Error e) {
      mesh.close();
      throw e;
    }
    keep(server, scenario, mesh);
  }

  /** Keeps a mesh on which a scenario failed only if it can be emptied at once. */
  void giveBackIfClean(ServerBinary server, Scenario scenario, ScenarioMesh mesh)
      throws IOException {
    try {
      empty(mesh, CLEAN_MILLIS);
    } catch (IOException | AssertionError e) {
      mesh.close();
      return;
    }
    keep(server, scenario, mesh);
  }

  private void keep(ServerBinary server, Scenario scenario, ScenarioMesh mesh) throws IOException {
    if (changesSettings(scenario)) {
      mesh.close();
      return;
    }
    idle.put(kind(server, scenario), mesh);
    if (idle.size() > MAX_IDLE) {
      Kind oldest = idle.keySet().iterator().next();
      idle.remove(oldest).close();
    }
  }

  private static boolean changesSettings(Scenario scenario) {
    return scenario.steps().stream()
        .anyMatch(
            step -> step instanceof Step.Run run && SETTINGS.stream().anyMatch(run.command()::is));
  }

  /** With commands that are sure to travel, so that no scenario depends on a flush before it. */
  private static void empty(ScenarioMesh mesh, long limitMillis) throws IOException {
    mesh.restore(mesh.everybody());
    for (Site site : mesh.sites()) {
      for (Step.Command command : Remains.removal(site.reader())) {
        site.run(command);
      }
      quiet(mesh, Scenario.End.MAY_DIFFER, limitMillis);
    }
    quiet(mesh, Scenario.End.EQUAL, limitMillis);
    for (Site site : mesh.sites()) {
      List<Step.Command> left = Remains.removal(site.reader());
      if (!left.isEmpty()) {
        throw new AssertionError("came back after its deletion everywhere: " + left);
      }
    }
    mesh.hold();
  }

  private static void quiet(ScenarioMesh mesh, Scenario.End end, long limitMillis)
      throws IOException {
    new Quiet(mesh, mesh.everybody(), end).await(limitMillis);
  }

  @Override
  public void close() throws IOException {
    for (ScenarioMesh mesh : idle.values()) {
      mesh.close();
    }
    idle.clear();
  }
}
