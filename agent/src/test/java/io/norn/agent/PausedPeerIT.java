package io.norn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.net.Address;
import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PausedPeerIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void shouldReadNothingUntilItIsResumedAlsoAfterARestart() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()))) {
      mesh.startAgent(0);
      mesh.startAgent(1);
      Address b = mesh.server(1).endpoint().address();
      try (ServerConnection atA = mesh.server(0).connect();
          ServerConnection atB = mesh.server(1).connect()) {
        atB.require("SET", "k", "1");
        await().atMost(SOON).until(() -> atA.requireText("GET", "k").equals("1"));

        assertThat(mesh.agent(0).pausePeer(b)).isTrue();
        await().atMost(SOON).until(() -> state(mesh).equals("paused"));
        atB.require("INCRBY", "n", "5");
        atA.require("INCRBY", "n", "7");
        await().atMost(SOON).until(() -> atB.requireText("GET", "n").equals("12"));
        mesh.stopAgent(0);
        mesh.startAgent(0);
        await().atMost(SOON).until(() -> state(mesh).equals("paused"));
        assertThat(atA.requireText("GET", "n")).isEqualTo("7");

        assertThat(mesh.agent(0).resumePeer(b)).isTrue();
        assertThat(
                Convergence.await(
                    List.of(mesh.server(0).endpoint(), mesh.server(1).endpoint()), SOON))
            .isEmpty();
        assertThat(atA.requireText("GET", "n")).isEqualTo("12");
      }
    }
  }

  private static String state(TestMesh mesh) {
    return mesh.agent(0).status().get("Peer0").get("state");
  }
}
