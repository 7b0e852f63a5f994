package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides have written more than their servers keep for a link that was away. */
class LostPositionIT {
  private static final int SOON_SECONDS = 25;
  private static final String[] SMALL_BACKLOG = {"--repl-backlog-size", "16kb"};

  @Test
  void shouldMergeBothWaysWhenALinkWasCutForLongerThanBothBacklogs() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2, SMALL_BACKLOG).withoutWaysBetweenAgents();
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      startWithCommonData(mesh, a);
      mesh.cutAll();
      writeGap(a, b);
      mesh.restoreAll();
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertGap(b);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldMergeBothWaysWhenAnAgentWasStoppedMeanwhile(int stopped) throws Exception {
    try (JoinMesh mesh = new JoinMesh(2, SMALL_BACKLOG).withoutWaysBetweenAgents();
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      startWithCommonData(mesh, a);
      mesh.stop(stopped);
      writeGap(a, b);
      mesh.start(stopped, 1 - stopped);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertGap(b);
    }
  }

  private static void startWithCommonData(JoinMesh mesh, ServerConnection a) throws Exception {
    mesh.start(0, 1);
    mesh.start(1, 0);
    a.require("SET", "only-a", "old");
    a.require("SET", "only-b", "old");
    a.require("SET", "gone-a", "old");
    a.require("SET", "gone-b", "old");
    a.require("RPUSH", "list-a", "1");
    a.require("RPUSH", "list-b", "1");
    a.require("HSET", "hash", "both", "old", "fa", "old", "fb", "old");
    a.require("SADD", "set", "x", "y");
    a.require("SET", "n-a", "10");
    a.require("SET", "n-b", "10");
    assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
    mesh.awaitStreaming(0);
    mesh.awaitStreaming(1);
  }

  private static void writeGap(ServerConnection a, ServerConnection b) throws Exception {
    a.require("SET", "only-a", "new");
    b.require("SET", "only-b", "new");
    a.require("DEL", "gone-a");
    b.require("DEL", "gone-b");
    a.require("RPUSH", "list-a", "2");
    b.require("RPUSH", "list-b", "2");
    a.require("HSET", "hash", "fa", "new");
    b.require("HSET", "hash", "fb", "new");
    a.require("SREM", "set", "x");
    b.require("SADD", "set", "z");
    a.require("INCRBY", "n-a", "5");
    b.require("INCRBY", "n-b", "7");
    String filler = "v".repeat(1000);
    for (int i = 0; i < 1200; i++) {
      a.require("SET", "fill-a:" + i, filler);
      b.require("SET", "fill-b:" + i, filler);
    }
  }

  private static void assertGap(ServerConnection server) throws Exception {
    assertThat(server.requireText("GET", "only-a")).isEqualTo("new");
    assertThat(server.requireText("GET", "only-b")).isEqualTo("new");
    assertThat(server.require("EXISTS", "gone-a")).isEqualTo(0L);
    assertThat(server.require("EXISTS", "gone-b")).isEqualTo(0L);
    assertThat(server.require("LLEN", "list-a")).isEqualTo(2L);
    assertThat(server.require("LLEN", "list-b")).isEqualTo(2L);
    assertThat(server.requireText("HGET", "hash", "fb")).isEqualTo("new");
    assertThat(server.requireText("HGET", "hash", "fa")).isEqualTo("new");
    assertThat(server.require("SISMEMBER", "set", "z")).isEqualTo(1L);
    assertThat(server.requireText("GET", "n-a")).isEqualTo("15");
    assertThat(server.requireText("GET", "n-b")).isEqualTo("17");
    assertThat(server.require("DBSIZE")).isEqualTo(2410L);
  }
}
