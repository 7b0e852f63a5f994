package io.norn.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class TwoNodesIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  @Test
  void shouldBringWritesOfEachSideToTheOther() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()))) {
      mesh.startAgent(0);
      mesh.startAgent(1);
      try (ServerConnection a = mesh.server(0).connect();
          ServerConnection b = mesh.server(1).connect()) {
        a.require("SET", "from-a", "1");
        b.require("SET", "from-b", "2");
        b.require("HSET", "hash", "f", "v");
        assertThat(differences(mesh)).isEmpty();
        a.require("INCRBY", "n", "5");
        b.require("INCRBY", "n", "7");
        a.require("SET", "later", "3");
        b.require("DEL", "from-a");
        assertThat(differences(mesh)).isEmpty();
        assertThat(a.requireText("GET", "n")).isEqualTo("12");
      }
    }
  }

  private static List<String> differences(TestMesh mesh) throws Exception {
    List<String> differences =
        Convergence.await(List.of(mesh.server(0).endpoint(), mesh.server(1).endpoint()), SOON);
    if (!differences.isEmpty()) {
      System.out.println(mesh.agent(0).status());
      System.out.println(mesh.agent(1).status());
    }
    return differences;
  }
}
