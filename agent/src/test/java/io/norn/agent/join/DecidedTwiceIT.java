package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Two nodes decide at their first contacts which value of a key counts, and decide differently. */
class DecidedTwiceIT {
  private static final int SOON_SECONDS = 20;
  private static final int MANY = 30_000;

  @Test
  void shouldAgreeOnAKeyThatTwoNodesDecidedOtherwise() throws Exception {
    try (JoinMesh mesh = new JoinMesh(3)) {
      for (int node = 0; node < 3; node++) {
        fill(mesh, node);
      }
      startApart(mesh);
      // The last node takes the value of the first, then that of the second.
      mesh.link(2, 0).unstall();
      awaitPeer(mesh, 2, 0, "streaming");
      mesh.link(2, 1).unstall();
      awaitPeer(mesh, 2, 1, "streaming");
      // The second takes over all that, but reads the first already and merges it afterwards.
      mesh.link(1, 2).unstall();
      awaitPeer(mesh, 1, 2, "merging: ");
      mesh.link(1, 0).unstall();
      awaitPeer(mesh, 1, 0, "streaming");
      mesh.link(0, 2).unstall();
      mesh.link(0, 1).unstall();
      mesh.awaitStreaming(0);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
    }
  }

  /** The published choice is later, but its node had not seen the write. */
  @Test
  void shouldKeepAWriteThatWasOnItsWayWhenAChoiceWasPublished() throws Exception {
    try (JoinMesh mesh = new JoinMesh(3);
        ServerConnection first = mesh.client(0)) {
      for (int node = 0; node < 3; node++) {
        fill(mesh, node);
      }
      startApart(mesh);
      mesh.link(2, 0).unstall();
      awaitPeer(mesh, 2, 0, "streaming");
      mesh.link(2, 1).unstall();
      awaitPeer(mesh, 2, 1, "streaming");
      mesh.link(1, 0).unstall();
      awaitPeer(mesh, 1, 0, "streaming");
      mesh.link(1, 0).stall();
      mesh.link(2, 0).stall();
      first.require("SET", "register", "newest");
      first.require("HSET", "hash", "field", "newest");
      mesh.link(1, 2).unstall();
      awaitPeer(mesh, 1, 2, "streaming");
      awaitPublished(mesh, 1);
      for (int from = 0; from < 3; from++) {
        mesh.link(from, (from + 1) % 3).unstall();
        mesh.link(from, (from + 2) % 3).unstall();
      }
      mesh.awaitStreaming(0);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat(first.requireText("GET", "register")).isEqualTo("newest");
      assertThat(first.requireText("HGET", "hash", "field")).isEqualTo("newest");
    }
  }

  private static void awaitPublished(JoinMesh mesh, int node) {
    Awaitility.await("a published state")
        .until(() -> !mesh.agent(node).status().get("Apply").get("published_states").equals("0"));
  }

  private static void fill(JoinMesh mesh, int node) throws Exception {
    try (ServerConnection server = mesh.client(node)) {
      server.require("SET", "register", "of " + node);
      server.require("HSET", "hash", "field", "of " + node, "field " + node, "value");
      server.require("ZADD", "zset", Integer.toString(node), "member");
      server.require("RPUSH", "list", "of " + node);
      server.require("SADD", "set", "of " + node);
      server.require("PEXPIREAT", "set", Long.toString(4_102_444_800_000L + node));
      for (int i = 0; node == 2 && i < MANY; i++) {
        server.send("SET", "many:" + i, "value");
      }
      server.receiveAll();
    }
  }

  private static void startApart(JoinMesh mesh) throws Exception {
    for (int from = 0; from < 3; from++) {
      mesh.link(from, (from + 1) % 3).stall();
      mesh.link(from, (from + 2) % 3).stall();
    }
    for (int node = 0; node < 3; node++) {
      mesh.start(node, (node + 1) % 3, (node + 2) % 3);
    }
  }

  /** Waits until a link's state or detail begins so. */
  private static void awaitPeer(JoinMesh mesh, int from, int to, String beginning)
      throws Exception {
    String address = mesh.link(from, to).address().toString();
    Awaitility.await(beginning)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                mesh.agent(from).status().values().stream()
                    .filter(section -> address.equals(section.get("address")))
                    .anyMatch(section -> begins(section, beginning)));
  }

  private static boolean begins(Map<String, String> section, String beginning) {
    return section.get("state").startsWith(beginning)
        || section.get("detail").startsWith(beginning);
  }
}
