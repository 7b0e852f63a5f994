package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/**
 * A server is killed and comes back with an older snapshot of its data. What agents have journaled
 * since is restored, once, and nobody needs a snapshot of anybody.
 */
class RollbackIT {
  private static final int SOON_SECONDS = 60;

  @Test
  void shouldRestoreWhatWasWrittenSinceTheSnapshot() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2);
        ServerConnection b = mesh.client(1)) {
      start(mesh);
      long before = mesh.fullSyncs(1);
      writeAndSave(mesh, b);
      rollBack(mesh);
      try (ServerConnection a = mesh.client(0)) {
        a.require("INCRBY", "n", "1000");
        a.require("SET", "again", "newest");
        b.require("INCRBY", "n", "10000");
        assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
        assertRestored(a);
        assertThat(a.requireText("GET", "n")).isEqualTo("11111");
        assertThat(a.requireText("GET", "again")).isEqualTo("newest");
      }
      assertThat(mesh.fullSyncs(0)).isZero();
      assertThat(mesh.fullSyncs(1)).isEqualTo(before);
    }
  }

  @Test
  void shouldHandTheLostEndToAPeerThatHadNotGotIt() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2);
        ServerConnection b = mesh.client(1)) {
      start(mesh);
      long before = mesh.fullSyncs(1);
      mesh.link(1, 0).cut();
      writeAndSave(mesh, null);
      rollBack(mesh);
      try (ServerConnection a = mesh.client(0)) {
        a.require("INCRBY", "n", "1000");
        b.require("INCRBY", "n", "10100");
        mesh.link(1, 0).restore();
        assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
        assertRestored(b);
        assertThat(b.requireText("GET", "n")).isEqualTo("11111");
      }
      assertThat(mesh.fullSyncs(0)).isZero();
      assertThat(mesh.fullSyncs(1)).isEqualTo(before);
    }
  }

  @Test
  void shouldRestoreAgainAfterTheSameSnapshotAndAfterAgentsWereRestarted() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2);
        ServerConnection b = mesh.client(1)) {
      start(mesh);
      long before = mesh.fullSyncs(1);
      writeAndSave(mesh, b);
      rollBack(mesh);
      try (ServerConnection a = mesh.client(0)) {
        a.require("INCRBY", "n", "1000");
        assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      }
      mesh.stop(0);
      mesh.stop(1);
      b.require("INCRBY", "n", "10000");
      mesh.start(1, 0);
      mesh.start(0, 1);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      rollBack(mesh);
      try (ServerConnection a = mesh.client(0)) {
        a.require("INCRBY", "n", "100000");
        assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
        assertRestored(a);
        assertThat(a.requireText("GET", "n")).isEqualTo("111111");
      }
      assertThat(mesh.fullSyncs(1)).isEqualTo(before);
    }
  }

  private static void start(JoinMesh mesh) throws Exception {
    mesh.start(0, 1);
    mesh.start(1, 0);
    try (ServerConnection a = mesh.client(0)) {
      a.require("SET", "gone", "old");
      a.require("SADD", "members", "stays", "goes");
    }
    assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
    mesh.awaitStreaming(0);
    mesh.awaitStreaming(1);
  }

  /** Leaves the counter at 111 if the peer may write, else at 11. */
  private static void writeAndSave(JoinMesh mesh, ServerConnection b) throws Exception {
    try (ServerConnection a = mesh.client(0)) {
      a.require("INCRBY", "n", "1");
      if (b != null) {
        assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      }
      a.require("SAVE");
      a.require("INCRBY", "n", "10");
      a.require("SET", "lost", "1");
      a.require("SET", "again", "old");
      a.require("DEL", "gone");
      a.require("SREM", "members", "goes");
      a.require("HSET", "hash", "f", "v");
      if (b != null) {
        b.require("INCRBY", "n", "100");
        b.require("SET", "of-b", "1");
        assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      } else {
        // A tick stands behind it all, and is journaled.
        Thread.sleep(300);
      }
    }
  }

  private static void rollBack(JoinMesh mesh) throws IOException {
    mesh.server(0).kill();
    mesh.server(0).restart();
  }

  private static void assertRestored(ServerConnection server) throws IOException {
    assertThat(server.requireText("GET", "lost")).isEqualTo("1");
    assertThat(server.requireText("HGET", "hash", "f")).isEqualTo("v");
    assertThat(server.require("EXISTS", "gone")).isEqualTo(0L);
    assertThat(server.require("SISMEMBER", "members", "goes")).isEqualTo(0L);
  }
}
