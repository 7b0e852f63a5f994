package io.norn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.ConfigException;
import io.norn.net.Address;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.net.FaultyProxy;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One agent among servers that do not answer and files that cannot be used. */
class AgentInTroubleIT {
  @TempDir private Path root;
  private int port;
  private ServerProcess server;

  @BeforeEach
  void startServer() throws IOException {
    port = FreePort.next();
    server = ServerProcess.start(ServerBinary.embedded());
  }

  @AfterEach
  void stopServer() throws IOException {
    server.close();
  }

  @Test
  void shouldStopInTimeThoughNoPeerAnswers() throws Exception {
    List<FaultyProxy> proxies = new ArrayList<>();
    List<String> arguments = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      FaultyProxy proxy = FaultyProxy.to(server.endpoint().address());
      proxy.stall();
      proxies.add(proxy);
      arguments.addAll(List.of("--replicaof", "127.0.0.1", Integer.toString(proxy.port())));
    }
    AgentDaemon agent = AgentDaemon.start(config(server.endpoint().address(), arguments));
    await().until(() -> proxies.stream().allMatch(proxy -> proxy.connections() > 0));
    long begin = System.nanoTime();
    agent.close();
    Duration taken = Duration.ofNanos(System.nanoTime() - begin);
    proxies.forEach(FaultyProxy::close);
    assertThat(taken).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void shouldAnswerWhileItWaitsForItsServerAndStopInTime() throws Exception {
    try (FaultyProxy proxy = FaultyProxy.to(server.endpoint().address())) {
      proxy.stall();
      CompletableFuture<AgentDaemon> starting =
          CompletableFuture.supplyAsync(() -> startQuietly(proxy.address()));
      await().until(() -> proxy.connections() > 0);
      long begin = System.nanoTime();
      try (ServerConnection client = connect()) {
        assertThat(client.requireText("INFO")).contains("node-a");
      }
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
      proxy.unstall();
      starting.get().close();
    }
  }

  @Test
  void shouldFollowAPeerLaterThatCannotBeFollowedYet() throws Exception {
    Address peer = new Address("127.0.0.1", FreePort.next());
    try (AgentDaemon agent = AgentDaemon.start(config(server.endpoint().address(), List.of()))) {
      Path inTheWay = root.resolve("agent/peers.d/127.0.0.1_" + peer.port());
      Files.createDirectories(inTheWay.getParent());
      Files.writeString(inTheWay, "in the way");
      agent.addPeer(peer);
      assertThat(agent.peers()).containsExactly(peer);
      assertThat(agent.status().get("Peer0"))
          .containsEntry("address", peer.toString())
          .extractingByKey("detail")
          .asString()
          .contains("peers.d");
      Files.delete(inTheWay);
      await().until(() -> agent.status().get("Peer0").containsKey("lag_bytes"));
      assertThat(agent.removePeer(peer)).isTrue();
      assertThat(agent.status()).doesNotContainKey("Peer0");
    }
  }

  @Test
  void shouldLeaveNothingOpenWhenItCannotStart() throws Exception {
    Path inTheWay = Files.createDirectories(root.resolve("agent/instance.tmp"));
    try (AgentDaemon agent = AgentDaemon.start(config(server.endpoint().address(), List.of()))) {
      assertThat(agent.status().get("Local").get("detail")).contains("instance.tmp");
      Thread.sleep(1000);
      assertThat(replicas()).isLessThanOrEqualTo(1);
      Files.delete(inTheWay);
      await().until(() -> "up".equals(agent.status().get("Local").get("link")));
    }
  }

  @Test
  void shouldAnnounceItsConfiguredAddress() throws Exception {
    List<String> announce = List.of("--announce-ip", "10.9.8.7");
    try (AgentDaemon agent = AgentDaemon.start(config(server.endpoint().address(), announce));
        ServerConnection client = server.connect()) {
      await().until(() -> "up".equals(agent.status().get("Local").get("link")));
      assertThat(client.requireText("INFO", "replication")).contains("slave0:ip=10.9.8.7,");
    }
  }

  private long replicas() throws IOException {
    try (ServerConnection client = server.connect()) {
      return client
          .requireText("INFO", "replication")
          .lines()
          .filter(line -> line.startsWith("slave") && line.contains("ip="))
          .count();
    }
  }

  private ServerConnection connect() throws IOException {
    return ServerConnection.open(Endpoint.plain("127.0.0.1", port), 3000);
  }

  private AgentDaemon startQuietly(Address local) {
    try {
      return AgentDaemon.start(config(local, List.of()));
    } catch (IOException | ConfigException e) {
      throw new AssertionError(e);
    }
  }

  private AgentConfig config(Address local, List<String> more) throws ConfigException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--node-id",
                "node-a",
                "--port",
                Integer.toString(port),
                "--dir",
                root.resolve("agent").toString(),
                "--local",
                local.host(),
                Integer.toString(local.port())));
    arguments.addAll(more);
    return AgentConfig.load(arguments);
  }
}
