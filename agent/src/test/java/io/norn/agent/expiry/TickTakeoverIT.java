package io.norn.agent.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deletes at a server whose agent is away. */
class TickTakeoverIT {
  static Stream<ServerBinary> servers() {
    return ServerBinary.forTests().stream();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTakeForClientsWhatExpiredWhileTheAgentWasAway(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1)) {
      mesh.startAgent(0, List.of());
      await().until(() -> mesh.status(0, "Local", "expiry-events").equals("yes"));
      ServerConnection client = mesh.client();
      client.require("SET", "k", "v");
      await().until(() -> !mesh.reader().changes("k").isEmpty());
      mesh.stopAgent(0);
      client.require("PEXPIRE", "k", "5");
      await().until(() -> mesh.reader().raw("k").size() == 3);
      mesh.startAgent(0, List.of());

      await().until(() -> mesh.reader().changes("k").size() == 3);
      assertThat(mesh.reader().changes("k").get(2)).isIn("DEL k", "UNLINK k");
      await().until(() -> mesh.status(0, "Local", "unseen_deletes").equals("1"));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellDeletesInsteadOfAnAgentThatIsAway(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = joined(binary)) {
      mesh.stopAgent(0);
      ServerConnection client = mesh.client();
      client.require("SET", "gone", "v", "PX", "10");
      client.require("SET", "deleted", "v");
      client.require("DEL", "deleted");

      await().until(() -> mesh.reader().changes("gone").contains("NORN.EXPIRED gone"));
      await().until(() -> mesh.reader().changes("deleted").contains("DEL deleted"));
      ServerConnection peer = mesh.client(1);
      await().until(() -> peer.call("EXISTS", "gone", "deleted").equals(0L));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldNeverPassADeleteThatItCannotTell(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = joined(binary)) {
      ServerConnection client = mesh.client();
      client.require("ACL", "SETUSER", "default", "-config|set");
      client.require("ACL", "SETUSER", "admin", "on", ">a", "~*", "&*", "+@all");
      ServerConnection admin = mesh.client();
      admin.require("AUTH", "admin", "a");
      mesh.stopAgent(1);
      mesh.stopAgent(0);
      admin.require("CONFIG", "SET", "notify-keyspace-events", "");
      mesh.startAgent(1, List.of(0));
      await().until(() -> mesh.status(1, "Peer0", "expiry-events").startsWith("no (notify-"));

      client.require("SET", "before", "v");
      client.require("DEL", "before");
      client.require("SET", "behind", "v");
      ServerConnection peer = mesh.client(1);
      await().until(() -> peer.call("EXISTS", "before").equals(1L));
      Thread.sleep(1000);
      assertThat(mesh.reader().changes("before")).containsExactly("SET before v");

      mesh.startAgent(0, List.of());
      await().until(() -> peer.call("EXISTS", "before", "behind").equals(1L));
      assertThat(mesh.reader().changes("before")).containsExactly("SET before v", "DEL before");
    }
  }

  /** Node 1 follows node 0. */
  private static ExpiryMesh joined(ServerBinary binary) throws Exception {
    ExpiryMesh mesh = new ExpiryMesh(binary, 2);
    mesh.startAgent(0, List.of());
    mesh.startAgent(1, List.of(0));
    mesh.client().require("SET", "seen", "v");
    ServerConnection peer = mesh.client(1);
    await().until(() -> peer.call("EXISTS", "seen").equals(1L));
    await().until(() -> mesh.status(1, "Peer0", "expiry-events").equals("yes"));
    return mesh;
  }
}
