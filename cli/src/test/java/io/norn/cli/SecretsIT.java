package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.cli.NornProcess.Result;
import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Passwords of a running agent: they are used, changed, and nowhere to be seen. */
final class SecretsIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final String LOCAL = "s3cret-local";
  private static final String PEER = "s3cret-peer";
  private static final String NEW_PEER = "s3cret-of-tomorrow";
  private static final String OWN = "s3cret-own";

  @TempDir Path directory;
  private int number;
  private int port;
  private int httpPort;
  private final List<String> seen = new ArrayList<>();

  @BeforeEach
  void choosePorts() throws IOException {
    port = FreePort.next();
    httpPort = FreePort.next();
  }

  @Test
  void shouldBeShownNowhereAndBeReadAgainAtHangUp() throws Exception {
    try (ServerProcess server = ServerProcess.start(ServerBinary.preferred());
        ServerProcess peer = ServerProcess.start(ServerBinary.preferred())) {
      require(server, "", "CONFIG", "SET", "requirepass", LOCAL);
      require(peer, "", "CONFIG", "SET", "requirepass", PEER);
      Path peerSecret = Files.writeString(directory.resolve("masterauth"), PEER + "\n");
      NornProcess agent = start(server, peer, peerSecret);
      try {
        // No agent beside the peer: being told so takes a login there.
        awaitState("waiting-for-agent");
        assertNothingWithoutPassword();
        require(peer, PEER, "CONFIG", "SET", "requirepass", NEW_PEER);
        require(peer, NEW_PEER, "CLIENT", "KILL", "TYPE", "normal");
        awaitState("refused");
        Files.writeString(peerSecret, NEW_PEER + "\n");
        hangUp(agent);
        awaitState("waiting-for-agent");
        look("config", "set", "loglevel", "debug");
        for (String[] command :
            new String[][] {
              {"status"},
              {"status", "--json"},
              {"config", "get"},
              {"doctor"},
              {"doctor", "--json"},
              {"journal", "stat"},
              {"peer", "list"},
              {"conflicts"}
            }) {
          look(command);
        }
        seen.add(http("/metrics", OWN).body() + http("/view.json", OWN).body());
        seen.add(Files.readString(Path.of("/proc/" + agent.process().pid() + "/cmdline")));
        try (ServerConnection client = connection(port, OWN)) {
          seen.add(client.requireText("INFO") + client.require("CONFIG", "GET", "*"));
        }
      } finally {
        agent.process().destroy();
        agent.await();
      }
      seen.add(agent.err() + agent.out());
      assertThat(String.join("\n", seen)).contains("***", "streaming").doesNotContain("s3cret");
    }
  }

  private static void hangUp(NornProcess agent) throws Exception {
    new ProcessBuilder("kill", "-HUP", Long.toString(agent.process().pid())).start().waitFor();
  }

  private NornProcess start(ServerProcess server, ServerProcess peer, Path peerSecret)
      throws IOException {
    Path own = Files.writeString(directory.resolve("requirepass"), OWN + "\n");
    Path file =
        Files.writeString(
            directory.resolve("norn.conf"),
            String.join(
                "\n",
                "node-id n",
                "port " + port,
                "metrics-port " + httpPort,
                "dir " + directory.resolve("data"),
                "local 127.0.0.1 " + server.port(),
                "replicaof 127.0.0.1 " + peer.port(),
                "masterauth-file " + peerSecret,
                "requirepass-file " + own,
                ""));
    return NornProcess.start(
        fresh(), NornProcess.LAUNCHER, Map.of("NORN_LOCAL_AUTH", LOCAL), "agent", file.toString());
  }

  private Path fresh() throws IOException {
    return Files.createDirectories(directory.resolve("run-" + number++));
  }

  private void awaitState(String state) {
    await().atMost(SOON).until(() -> isAnsweredWith("\"state\":\"" + state));
  }

  private boolean isAnsweredWith(String text) {
    try (ServerConnection client = connection(port, OWN)) {
      return client.requireText("STATUS").contains(text);
    } catch (IOException e) {
      // It has not begun to listen yet.
      return false;
    }
  }

  private void look(String... line) throws Exception {
    Result result = command(line);
    seen.add(result.out() + result.err());
  }

  private Result command(String... line) throws Exception {
    List<String> words = new ArrayList<>(List.of(line));
    words.addAll(List.of("-a", "127.0.0.1:" + port));
    return NornProcess.start(
            fresh(),
            NornProcess.LAUNCHER,
            Map.of("NORN_PASSWORD", OWN),
            words.toArray(String[]::new))
        .await();
  }

  private void assertNothingWithoutPassword() throws Exception {
    assertThat(http("/metrics", "wrong").statusCode()).isEqualTo(401);
    assertThat(http("/metrics", OWN).statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> http(String path, String password) throws Exception {
    String pair = "default:" + password;
    String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + httpPort + path))
            .header("Authorization", "Basic " + basic)
            .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
  }

  private static void require(ServerProcess server, String password, String... command)
      throws IOException {
    try (ServerConnection connection = connection(server.port(), password)) {
      connection.require(command);
    }
  }

  private static ServerConnection connection(int port, String password) throws IOException {
    Credentials credentials = password.isEmpty() ? Credentials.NONE : new Credentials("", password);
    return ServerConnection.open(
        new Endpoint(new Address("127.0.0.1", port), credentials, Optional.empty()));
  }
}
