package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import org.junit.jupiter.api.Test;

/** Agents that stop in the middle of a join or right after it. */
class RestartIT {
  private static final int SOON_SECONDS = 40;

  @Test
  void shouldMergeAgainWhenTheAgentStoppedInTheMiddle() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2, "--repl-diskless-sync-delay", "2");
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      a.require("SET", "before", "1");
      b.require("SET", "of-b", "1");
      mesh.start(0, 1);
      mesh.start(1, 0);
      while (!mesh.agent(1).status().toString().contains("waiting for the peer's snapshot")) {
        Thread.sleep(5);
      }
      a.require("INCR", "counter");
      mesh.stop(1);
      a.require("INCR", "counter");
      mesh.start(1, 0);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat(b.requireText("GET", "before")).isEqualTo("1");
      assertThat(b.requireText("GET", "counter")).isEqualTo("2");
      assertThat(a.requireText("GET", "of-b")).isEqualTo("1");
    }
  }

  @Test
  void shouldGoOnWithAStreamWhoseJoinIsNotInTheCheckpointYet() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2);
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      mesh.start(0, 1);
      mesh.start(1, 0);
      mesh.awaitStreaming(1);
      for (int i = 0; i < 100; i++) {
        a.require("INCR", "counter");
      }
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      mesh.stop(1);
      a.require("INCR", "counter");
      mesh.start(1, 0);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat(b.requireText("GET", "counter")).isEqualTo("101");
    }
  }
}
