package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.cli.NornProcess.Result;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.TempDirs;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The agent as a process, with everything that a user may do to it or get wrong. */
final class AgentCommandIT {
  private static final int STOP_SECONDS = 10;
  private static final Duration START_LIMIT = Duration.ofSeconds(60);

  private final List<NornProcess> agents = new ArrayList<>();
  private Path directory;
  private int port;

  @BeforeEach
  void prepare() throws IOException {
    directory = TempDirs.create("norn-cli-");
    port = freePort();
  }

  @AfterEach
  void cleanUp() throws Exception {
    for (NornProcess agent : agents) {
      agent.process().destroyForcibly().waitFor();
    }
    TempDirs.delete(directory);
  }

  @Test
  void shouldRefuseABrokenConfigurationLine() throws Exception {
    Path file = Files.writeString(directory.resolve("norn.conf"), "local 127.0.0.1 6379\nprot 1\n");

    Result result = NornProcess.run(fresh(), "agent", file.toString());

    assertRefused(result, "norn.conf line 2", "prot");
  }

  @Test
  void shouldRefuseAPortInUse() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = taken.getLocalPort();

      assertRefused(run(nobody()), "port " + port, "in use");
    }
  }

  @Test
  void shouldRefuseADirectoryThatCannotBeOne() throws Exception {
    Path file = Files.createFile(directory.resolve("a-file"));

    Result result = NornProcess.run(fresh(), arguments(nobody(), "--dir", file + "/data"));

    assertRefused(result, "a-file");
  }

  @Test
  void shouldRefuseTheDirectoryOfALivingAgent() throws Exception {
    NornProcess first = start(nobody());
    awaitLog(first, "listening");
    port = freePort();

    assertRefused(run(nobody()), directory.resolve("data").toString());
  }

  @Test
  void shouldWaitForAServerThatIsAwayAndStopCleanly() throws Exception {
    NornProcess agent = start(nobody());
    awaitLog(agent, "connection refused");

    Result status = command("status");
    assertThat(status.exitCode()).isEqualTo(ExitCode.FINE);
    assertThat(status.out()).contains("link down").contains("connection refused");

    assertStops(agent, agent.process()::destroy);
  }

  @Test
  void shouldShowWhatItDoesAndChangePeers() throws Exception {
    try (ServerProcess server = ServerProcess.start(ServerBinary.preferred());
        ServerProcess peer = ServerProcess.start(ServerBinary.preferred())) {
      String peerPort = Integer.toString(peer.port());
      NornProcess agent = start(server.port());
      awaitLog(agent, "streaming");

      assertThat(command("peer", "add", "127.0.0.1", peerPort).out()).contains("following");
      assertThat(command("peer", "list").out()).isEqualTo("127.0.0.1:" + peerPort + "\n");
      assertThat(command("peer", "list", "--json").out())
          .isEqualTo("[\"127.0.0.1:" + peerPort + "\"]\n");
      assertThat(command("status").out()).contains("id n", "Peer0", "127.0.0.1:" + peerPort);
      assertThat(StatusJson.parse(command("status", "--json").out().strip()).get("Node"))
          .containsEntry("node_id", "n");
      assertThat(command("peer", "remove", "127.0.0.1", peerPort).exitCode())
          .isEqualTo(ExitCode.FINE);
      assertFailed(command("peer", "remove", "127.0.0.1", peerPort), "is not a peer");
      assertThat(command("peer", "list").out()).isEmpty();

      assertThat(pid()).as("the launcher has become the agent").isEqualTo(agent.process().pid());
      assertStops(agent, agent.process()::destroy);
    }
  }

  @Test
  void shouldAskForThePasswordOfTheAgent() throws Exception {
    NornProcess agent = start(nobody(), "--requirepass", "secret");
    awaitLog(agent, "listening");

    assertFailed(command("status"), "NOAUTH");
    assertFailed(command("status", "--password", "wrong"), "WRONGPASS");
    assertThat(command("status", "--password", "secret").exitCode()).isEqualTo(ExitCode.FINE);
    Path fresh = fresh();
    Map<String, String> environment = Map.of("NORN_PASSWORD", "secret");
    Result result =
        NornProcess.start(fresh, NornProcess.LAUNCHER, environment, "status", "-a", address())
            .await();
    assertThat(result.exitCode()).as("%s", result).isEqualTo(ExitCode.FINE);
  }

  @Test
  void shouldNotHarmAServerThatIsTakenForAnAgent() throws Exception {
    try (ServerProcess server = ServerProcess.start(ServerBinary.preferred())) {
      port = server.port();

      assertFailed(command("status"), "STATUS");
      assertFailed(command("peer", "add", "127.0.0.1", "1"), "PEER");
      assertThat(info(server.endpoint(), "role")).isEqualTo("master");
    }
  }

  private static void assertRefused(Result result, String... parts) {
    assertThat(result.exitCode()).as("%s", result).isEqualTo(ExitCode.CONFIGURATION);
    assertThat(result.err().lines().filter(line -> line.startsWith("norn: ")))
        .as("%s", result)
        .singleElement()
        .asString()
        .contains(parts);
    assertThat(result.err()).doesNotContain("Exception", "\tat ");
  }

  private static void assertFailed(Result result, String part) {
    assertThat(result.exitCode()).as("%s", result).isEqualTo(ExitCode.FAILED);
    assertThat(result.err()).contains(part).hasLineCount(1);
  }

  private static void assertStops(NornProcess agent, Runnable stop) throws Exception {
    stop.run();
    assertThat(agent.process().waitFor(STOP_SECONDS, TimeUnit.SECONDS)).as("stops").isTrue();
    assertThat(agent.process().exitValue()).isEqualTo(ExitCode.FINE);
    assertThat(agent.err()).doesNotContain("Exception", "\tat ").contains("stopped");
  }

  private static void awaitLog(NornProcess agent, String text) {
    await().atMost(START_LIMIT).untilAsserted(() -> assertThat(agent.err()).contains(text));
  }

  private NornProcess start(int localPort, String... more) throws IOException {
    NornProcess agent =
        NornProcess.start(fresh(), NornProcess.LAUNCHER, Map.of(), arguments(localPort, more));
    agents.add(agent);
    return agent;
  }

  private Result run(int localPort) throws Exception {
    return NornProcess.run(fresh(), arguments(localPort));
  }

  private String[] arguments(int localPort, String... more) {
    List<String> line = new ArrayList<>(List.of("agent", "--node-id", "n"));
    line.addAll(List.of("--port", Integer.toString(port)));
    line.addAll(List.of("--local", "127.0.0.1", Integer.toString(localPort)));
    line.addAll(List.of("--dir", directory.resolve("data").toString()));
    line.addAll(List.of(more));
    return line.toArray(String[]::new);
  }

  /** Runs a command against our agent. */
  private Result command(String... arguments) throws Exception {
    List<String> line = new ArrayList<>(List.of(arguments));
    line.addAll(List.of("-a", address()));
    return NornProcess.run(fresh(), line.toArray(String[]::new));
  }

  private String address() {
    return "127.0.0.1:" + port;
  }

  private long pid() throws IOException {
    return Long.parseLong(info(Endpoint.plain("127.0.0.1", port), "process_id"));
  }

  /** One field of INFO, of an agent or a server. */
  private static String info(Endpoint endpoint, String field) throws IOException {
    try (ServerConnection connection = ServerConnection.open(endpoint)) {
      return connection
          .requireText("INFO")
          .lines()
          .filter(line -> line.startsWith(field + ":"))
          .map(line -> line.substring(field.length() + 1))
          .findFirst()
          .orElse("");
    }
  }

  private Path fresh() throws IOException {
    return Files.createTempDirectory(directory, "run-");
  }

  /** A port where no server is. */
  private static int nobody() throws IOException {
    return freePort();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
