package io.norn.agent.mesh;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.norn.net.Credentials;
import io.norn.server.ServerConnection;
import io.norn.testkit.TempDirs;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What keeps an agent from its work is told in one line, and the server stays as it was. */
class RefusalIT {
  private final List<Closeable> opened = new ArrayList<>();
  private Path root;
  private ServerProcess server;

  @BeforeEach
  void startServer() throws IOException {
    root = TempDirs.create("norn-refusal-");
    server = keep(ServerProcess.start(ServerBinary.embedded(), "--requirepass", "secret"));
  }

  @AfterEach
  void stopAll() throws IOException {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
    TempDirs.delete(root);
  }

  private <T extends Closeable> T keep(T resource) {
    opened.add(0, resource);
    return resource;
  }

  private AgentProcess agent(String node, Path directory, String... more) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--node-id", node));
    arguments.addAll(List.of("--dir", directory.toString()));
    arguments.addAll(List.of("--local", "127.0.0.1", Integer.toString(server.port())));
    arguments.addAll(Arrays.asList(more));
    return keep(new AgentProcess(arguments, new Credentials("", "secret")));
  }

  private AgentProcess goodAgent(String... more) throws IOException {
    List<String> all = new ArrayList<>(List.of("--local-auth", "secret"));
    all.addAll(Arrays.asList(more));
    return agent("one", root.resolve("one"), all.toArray(String[]::new));
  }

  private static void awaitInfo(AgentProcess agent, String text) {
    Awaitility.await()
        .atMost(20, SECONDS)
        .untilAsserted(() -> assertThat(agent.info()).contains(text));
  }

  @Test
  void shouldRefuseASecondAgentInTheSameDirectory() throws Exception {
    goodAgent().start();
    AgentProcess second = goodAgent();
    second.launch();
    assertThat(second.awaitRefusal()).contains(root.resolve("one").toString()).contains("use");
  }

  @Test
  void shouldRefuseASecondAgentOfTheSameNodeInAnotherDirectory() throws Exception {
    goodAgent().start();
    AgentProcess second = agent("one", root.resolve("other"), "--local-auth", "secret");
    second.launch();
    assertThat(second.awaitRefusal()).contains("another agent of node 'one' runs");
  }

  @Test
  void shouldRefuseAServerOfAnotherNode() throws Exception {
    goodAgent().start();
    try (ServerConnection connection = server.connect()) {
      assertThat(connection.requireText("HGET", "__norn", "node")).isEqualTo("one");
    }
    opened.remove(0).close();
    AgentProcess second = agent("two", root.resolve("two"), "--local-auth", "secret");
    second.launch();
    assertThat(second.awaitRefusal()).contains("holds the data of node 'one'").contains("node-id");
  }

  @Test
  void shouldSayThatTheLocalPasswordIsWrong() throws Exception {
    AgentProcess agent = agent("one", root.resolve("one"), "--local-auth", "wrong");
    agent.start();
    awaitInfo(agent, "WRONGPASS");
    assertUntouched();
  }

  @Test
  void shouldSayThatThePeersPasswordIsWrong() throws Exception {
    ServerProcess peer =
        keep(ServerProcess.start(ServerBinary.embedded(), "--requirepass", "other"));
    AgentProcess agent =
        goodAgent(
            "--replicaof", "127.0.0.1", Integer.toString(peer.port()), "--masterauth", "wrong");
    agent.start();
    awaitInfo(agent, "state:refused");
    awaitInfo(agent, "WRONGPASS");
  }

  @Test
  void shouldSayThatThePeersHostIsUnknown() throws Exception {
    AgentProcess agent = goodAgent("--replicaof", "no-such-host.invalid", "6379");
    agent.start();
    awaitInfo(agent, "no-such-host.invalid:6379: unknown host");
  }

  @Test
  void shouldSayThatThePeerIsNoServer() throws Exception {
    int port = keep(new Greeter()).port();
    AgentProcess agent = goodAgent("--replicaof", "127.0.0.1", Integer.toString(port));
    agent.start();
    awaitInfo(agent, "state:broken");
    awaitInfo(agent, "127.0.0.1:" + port + ": ");
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeMade() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "in the way");
    AgentProcess agent = agent("one", file.resolve("data"), "--local-auth", "secret");
    agent.launch();
    assertThat(agent.awaitRefusal()).contains("data directory " + file).contains("'dir'");
    assertUntouched();
  }

  private void assertUntouched() throws IOException {
    try (ServerConnection connection = server.connect()) {
      assertThat(connection.require("DBSIZE")).isEqualTo(0L);
      assertThat(connection.requireText("INFO", "replication")).contains("connected_slaves:0");
    }
  }

  /** Says hello like a mail server, and waits. */
  private static final class Greeter implements Closeable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    Greeter() throws IOException {
      Thread thread = new Thread(this::serve, "greeter");
      thread.setDaemon(true);
      thread.start();
    }

    int port() {
      return socket.getLocalPort();
    }

    private void serve() {
      while (!socket.isClosed()) {
        try (Socket client = socket.accept()) {
          byte[] hello = "220 mail.example ESMTP\r\n".getBytes(StandardCharsets.US_ASCII);
          client.getOutputStream().write(hello);
          client.getInputStream().read();
        } catch (IOException e) {
          assertThat(e).as("the other side went away, or the test is over").isNotNull();
        }
      }
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
