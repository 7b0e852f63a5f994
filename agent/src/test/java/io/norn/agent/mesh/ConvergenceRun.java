package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.Seed;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/**
 * Random conflicting writes on all servers of a mesh, then a look whether they became equal.
 *
 * @param binaries one for each node
 * @param mix what is written
 * @param keys that are written; the fewer, the more conflicts
 * @param perSecond how many commands are sent to all servers together at most
 * @param loadMillis how long is written
 * @param faults whether links and agents suffer meanwhile
 */
record ConvergenceRun(
    List<ServerBinary> binaries, Mix mix, int keys, int perSecond, long loadMillis, Faults faults) {
  /** Generous, because the machine may be busy: how long it took is printed. */
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** What happens beside the load. */
  enum Faults {
    NONE,
    SOME
  }

  /** Runs it once, and fails if the servers differ or an increment is missing or counted twice. */
  void run(Seed seed) throws IOException {
    try (RealMesh mesh = new RealMesh(binaries).startAgents()) {
      String harm = "no faults";
      Writer.Result result;
      try (Load load = new Load(mesh, seed, mix, keys, perSecond)) {
        if (faults == Faults.NONE) {
          RealMesh.pause(loadMillis);
        } else {
          FaultScript script = new FaultScript(mesh, seed.random(-1));
          script.run(loadMillis, (int) Math.max(1, loadMillis / 3000));
          harm = script.toString();
        }
        result = load.stop();
      }
      check(mesh, seed, result, harm);
    }
  }

  private void check(RealMesh mesh, Seed seed, Writer.Result result, String harm)
      throws IOException {
    long stopped = System.nanoTime();
    List<String> differences = Convergence.await(mesh.endpoints(), LIMIT);
    System.out.println(
        describe(result, harm, differences, (System.nanoTime() - stopped) / 1_000_000));
    if (!differences.isEmpty()) {
      System.out.println(new Autopsy(mesh, seed, differences).text());
    }
    assertThat(differences).as("keys that differ, seed %s", seed).isEmpty();
    checkServers(mesh, result);
  }

  /** Every server holds the exact sums, and of Norn's keys two. */
  static void checkServers(RealMesh mesh, Writer.Result result) throws IOException {
    for (Endpoint server : mesh.endpoints()) {
      checkServer(server, result);
    }
  }

  private String describe(
      Writer.Result result, String harm, List<String> differences, long comparedMillis) {
    double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    return String.format(
        Locale.ROOT,
        "norn-run %s, %s, %d keys, %s: %d commands (%d errors), %d/s, %s after %d ms, load %.1f",
        binaries,
        mix,
        keys,
        harm,
        result.commands(),
        result.errors(),
        result.commands() * 1000 / result.millis(),
        differences.isEmpty() ? "equal" : "DIFFERENT",
        comparedMillis,
        load);
  }

  private static void checkServer(Endpoint endpoint, Writer.Result result) throws IOException {
    try (ServerConnection server = ServerConnection.open(endpoint)) {
      for (var sum : result.sums().entrySet()) {
        String[] place = sum.getKey().split(" ", -1);
        server.require("SELECT", place[0]);
        assertThat(server.requireText("GET", place[1]))
            .as("%s in db %s of %s", place[1], place[0], endpoint)
            .isEqualTo(Long.toString(sum.getValue()));
      }
      server.require("SELECT", "0");
      assertThat(ownKeys(server)).containsExactly("__norn", "__norn:v");
    }
  }

  private static TreeSet<String> ownKeys(ServerConnection server) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Object name : (List<?>) server.require("KEYS", "__norn*")) {
      names.add(ServerConnection.text(name));
    }
    return names;
  }
}
