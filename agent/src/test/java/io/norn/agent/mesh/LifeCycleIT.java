package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LifeCycleIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final List<ServerBinary> TWO =
      List.of(ServerBinary.embedded(), ServerBinary.embedded());

  @Test
  void shouldGoOnWithoutMergingAgainWhenKilledSoonAfterTheFirstContact() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        ServerConnection a = mesh.server(0).connect();
        ServerConnection b = mesh.server(1).connect()) {
      a.require("INCRBY", "n", "5");
      b.require("INCRBY", "n", "7");
      mesh.agent(0).kill();
      b.require("INCRBY", "n", "11");
      mesh.agent(0).start();
      a.require("INCRBY", "n", "13");
      assertEqualSoon(mesh);
      assertThat(a.requireText("GET", "n")).isEqualTo("36");
      assertThat(merges(mesh.agent(0))).isEqualTo(1);
    }
  }

  private static long merges(AgentProcess agent) {
    return agent.lines().stream().filter(line -> line.contains("merging its data")).count();
  }

  static void assertEqualSoon(RealMesh mesh) throws IOException {
    assertThat(Convergence.await(mesh.endpoints(), SOON)).as(mesh.report()).isEmpty();
  }
}
