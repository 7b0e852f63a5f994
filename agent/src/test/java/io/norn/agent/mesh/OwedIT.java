package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A change that fails inside a transaction is not lost: it waits until its node is asked. */
class OwedIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void shouldRememberAFailedChangeUntilTheStateOfItsKeyHasCome() throws Exception {
    List<ServerBinary> binaries = List.of(ServerBinary.embedded(), ServerBinary.embedded());
    try (RealMesh mesh = new RealMesh(binaries).startAgents();
        ServerConnection a = mesh.server(0).connect();
        ServerConnection b = mesh.server(1).connect()) {
      mesh.allLinks().forEach(link -> link.stall());
      a.require("XADD", "entries", "0-1", "field", "of a");
      b.require("XADD", "entries", "9-1", "field", "of b");
      // Node b reads node a, which does not hear its question.
      mesh.link(1, 0).unstall();
      awaitOwed(mesh, b);
      mesh.agent(1).kill();
      mesh.agent(1).start();
      awaitOwed(mesh, b);
      mesh.link(0, 1).unstall();
      Awaitility.await("nothing owed")
          .atMost(SOON)
          .until(() -> b.require("HEXISTS", "__norn:v", "q:node-a").equals(0L));
      assertThat(Convergence.await(mesh.endpoints(), SOON)).isEmpty();
      assertThat(a.require("XLEN", "entries")).isEqualTo(2L);
      assertThat(mesh.agent(1).info()).contains("owed_commands:0");
    }
  }

  private static void awaitOwed(RealMesh mesh, ServerConnection server) {
    Awaitility.await("a failed change")
        .atMost(20, TimeUnit.SECONDS)
        .untilAsserted(
            () -> {
              assertThat(server.requireText("HGET", "__norn:v", "q:node-a"))
                  .startsWith("1 0 656e7472696573 ")
                  .contains("no late entry");
              assertThat(mesh.agent(1).info())
                  .contains("owed:1 of node node-a")
                  .contains("no late entry");
            });
  }
}
