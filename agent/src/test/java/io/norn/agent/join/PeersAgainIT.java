package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.net.Address;
import io.norn.server.ServerConnection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Peers under two names, and peers that were removed for a while. */
class PeersAgainIT {
  private static final int SOON_SECONDS = 25;

  @Test
  void shouldFollowANodeOnlyOnceThoughItHasTwoAddresses() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2);
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      mesh.start(0, 1);
      int port = mesh.server(0).port();
      mesh.start(1, List.of(new Address("127.0.0.1", port), new Address("localhost", port)));
      for (int i = 0; i < 200; i++) {
        a.require("INCR", "counter");
      }
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      await()
          .atMost(Duration.ofSeconds(SOON_SECONDS))
          .until(() -> mesh.agent(1).status().toString().contains("already: remove one of"));
      for (int i = 0; i < 200; i++) {
        a.require("INCR", "counter");
      }
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat(b.requireText("GET", "counter")).isEqualTo("400");
    }
  }

  @Test
  void shouldMergeByStateAfterAPeerWasRemovedAndAddedAgain() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2);
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      mesh.start(0, 1);
      mesh.start(1, 0);
      a.require("SET", "k", "old");
      a.require("SET", "gone", "old");
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      Address peerOfA = mesh.link(0, 1).address();
      Address peerOfB = mesh.link(1, 0).address();
      mesh.agent(0).removePeer(peerOfA);
      mesh.agent(1).removePeer(peerOfB);
      b.require("SET", "k", "older");
      b.require("SET", "gone", "older");
      b.require("SET", "of-b", "1");
      Thread.sleep(20);
      a.require("SET", "k", "newer");
      a.require("SET", "of-a", "1");
      mesh.agent(0).addPeer(peerOfA);
      mesh.agent(1).addPeer(peerOfB);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat(b.requireText("GET", "of-a")).isEqualTo("1");
      assertThat(b.requireText("GET", "of-b")).isEqualTo("1");
    }
  }
}
