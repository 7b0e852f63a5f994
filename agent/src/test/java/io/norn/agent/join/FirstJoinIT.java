package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Servers that all hold data before they know each other. */
class FirstJoinIT {
  private static final int SOON_SECONDS = 40;

  @ParameterizedTest
  @CsvSource({"0,1,2", "2,1,0", "1,2,0", "0,2,1"})
  void shouldUniteThreeNodesInWhateverOrderTheyStart(int first, int second, int third)
      throws Exception {
    try (JoinMesh mesh = new JoinMesh(3)) {
      for (int node = 0; node < 3; node++) {
        fill(mesh, node);
      }
      for (int node : new int[] {first, second, third}) {
        mesh.start(node, (node + 1) % 3, (node + 2) % 3);
        try (ServerConnection server = mesh.client(node)) {
          server.require("INCR", "counter:" + node);
        }
      }
      for (int node = 0; node < 3; node++) {
        mesh.awaitStreaming(node);
      }
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertUnion(mesh);
    }
  }

  private static void fill(JoinMesh mesh, int node) throws Exception {
    try (ServerConnection server = mesh.client(node)) {
      for (int i = 0; i < 100; i++) {
        server.require("SET", "own:" + node + ":" + i, "v" + i);
      }
      server.require("SET", "register", "of " + node);
      server.require("SADD", "set", "all", "m" + node);
      server.require("HSET", "hash", "f" + node, "v" + node);
      server.require("ZADD", "zset", "1", "z" + node);
      server.require("RPUSH", "list:" + node, "a", "b");
      server.require("SET", "counter:" + node, "10");
    }
  }

  private static void assertUnion(JoinMesh mesh) throws Exception {
    try (ServerConnection server = mesh.client(1)) {
      assertThat(server.require("SCARD", "set")).isEqualTo(4L);
      assertThat(server.require("HLEN", "hash")).isEqualTo(3L);
      assertThat(server.require("ZCARD", "zset")).isEqualTo(3L);
      for (int node = 0; node < 3; node++) {
        assertThat(server.requireText("GET", "counter:" + node)).isEqualTo("11");
        assertThat(server.require("LLEN", "list:" + node)).isEqualTo(2L);
        assertThat(server.requireText("GET", "own:" + node + ":99")).isEqualTo("v99");
      }
      assertThat(server.require("DBSIZE")).isEqualTo(300L + 1 + 3 + 3 + 3 + 2);
    }
  }
}
