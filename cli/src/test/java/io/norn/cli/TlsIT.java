package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.agent.AgentDaemon;
import io.norn.agent.config.AgentConfig;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import io.norn.testkit.tls.Authority;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** TLS on every link: to servers, to the agent's own ports, from the command and from tools. */
final class TlsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir static Path directory;
  private static Authority authority;
  private static Authority.Identity agent;
  private static Authority.Identity client;

  @BeforeAll
  static void makeCertificates() throws Exception {
    authority = Authority.create(directory, "ours");
    agent = authority.issue("agent", "ip:127.0.0.1,dns:localhost");
    client = authority.issue("client", "dns:client");
  }

  /** A running agent with TLS on its ports. */
  private record Running(AgentDaemon daemon, int port, int httpPort) implements AutoCloseable {
    @Override
    public void close() {
      daemon.close();
    }
  }

  private static Running start(String name, List<String> links) throws Exception {
    int port = FreePort.next();
    int httpPort = FreePort.next();
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--node-id",
                name,
                "--port",
                "0",
                "--tls-port",
                "" + port,
                "--dir",
                directory.resolve("data-" + name).toString(),
                "--metrics-port",
                "" + httpPort,
                "--metrics-tls",
                "yes",
                "--tls-ca-cert-file",
                authority.certificate().toString(),
                "--tls-cert-file",
                agent.certificate().toString(),
                "--tls-key-file",
                agent.key().toString()));
    arguments.addAll(links);
    return new Running(AgentDaemon.start(AgentConfig.load(arguments)), port, httpPort);
  }

  private static String norn(int expected, String... arguments) {
    StringWriter said = new StringWriter();
    CommandLine norn = Main.commandLine();
    norn.setOut(new PrintWriter(said, true)).setErr(new PrintWriter(said, true));
    assertThat(norn.execute(arguments)).as(said.toString()).isEqualTo(expected);
    return said.toString();
  }

  private static String[] overTls(String command, int port, Authority.Identity shown) {
    List<String> words = new ArrayList<>(List.of(command.split(" ", 0)));
    words.addAll(List.of("-a", "127.0.0.1:" + port, "--tls"));
    words.addAll(List.of("--cacert", authority.certificate().toString()));
    if (shown != null) {
      words.addAll(List.of("--cert", shown.certificate().toString()));
      words.addAll(List.of("--key", shown.key().toString()));
    }
    return words.toArray(String[]::new);
  }

  @Test
  void shouldBeAskedOverTlsAndTakeARenewedCertificate() throws Exception {
    try (ServerProcess server = ServerProcess.start(ServerBinary.preferred());
        Running a = start("alone", List.of("--local", "127.0.0.1", "" + server.port()))) {
      assertThat(norn(ExitCode.FINE, overTls("status", a.port(), client))).contains("alone");
      norn(ExitCode.UNREACHABLE, overTls("status", a.port(), null));
      norn(ExitCode.UNREACHABLE, "status", "-a", "127.0.0.1:" + a.port());
      assertThat(get(a.httpPort(), "/metrics")).contains("norn_agent_info");

      String before = shownBy(a.httpPort());
      Authority.Identity renewed = authority.issue("renewed", "ip:127.0.0.1");
      move(renewed.certificate(), agent.certificate());
      move(renewed.key(), agent.key());
      a.daemon().reloadConfiguration();
      assertThat(shownBy(a.httpPort())).isNotEqualTo(before).contains("CN=renewed");
      assertThat(norn(ExitCode.FINE, overTls("status", a.port(), client))).contains("alone");
    }
  }

  @Test
  void shouldBeAskedByValkeyCli() throws Exception {
    Path cli = beside("valkey-cli");
    try (ServerProcess server = ServerProcess.start(ServerBinary.preferred());
        Running a = start("asked", List.of("--local", "127.0.0.1", "" + server.port()))) {
      assertThat(valkeyCli(cli, a.port(), client, "PEER", "ADD", "127.0.0.1", "1")).contains("OK");
      assertThat(valkeyCli(cli, a.port(), client, "INFO", "server")).contains("norn_version");
      assertThat(valkeyCli(cli, a.port(), null, "PING")).doesNotContain("PONG");
    }
  }

  @Test
  void shouldFollowServersThatSpeakNothingElse() throws Exception {
    Path program = beside("valkey-server");
    int[] ports = {FreePort.next(), FreePort.next()};
    try (ServerProcess one = tlsServer(program, ports[0]);
        ServerProcess two = tlsServer(program, ports[1]);
        Running a = start("tls-a", links(ports[0], ports[1]));
        Running b = start("tls-b", links(ports[1], ports[0]));
        ServerConnection atOne = one.connect();
        ServerConnection atTwo = two.connect()) {
      atOne.require("SET", "from-a", "1");
      atTwo.require("SET", "from-b", "1");
      await().atMost(SOON).until(() -> "1".equals(atTwo.requireText("GET", "from-a")));
      await().atMost(SOON).until(() -> "1".equals(atOne.requireText("GET", "from-b")));
      assertThat(norn(ExitCode.FINE, overTls("verify", a.port(), client))).contains("equal");
      assertThat(b.daemon().status().get("Peer0")).containsEntry("link", "up");
      assertThat(atOne.requireText("HGET", "__norn", "address")).endsWith(":" + a.port());
    }
  }

  private static List<String> links(int local, int peer) {
    return List.of(
        "--local",
        "127.0.0.1",
        "" + local,
        "--tls-local",
        "yes",
        "--replicaof",
        "127.0.0.1",
        "" + peer,
        "--tls-replication",
        "yes");
  }

  private static ServerProcess tlsServer(Path program, int port) throws IOException {
    return ServerProcess.start(
        ServerBinary.at(program),
        "--tls-port",
        "" + port,
        "--tls-cert-file",
        agent.certificate().toString(),
        "--tls-key-file",
        agent.key().toString(),
        "--tls-ca-cert-file",
        authority.certificate().toString(),
        "--tls-auth-clients",
        "yes");
  }

  /** The embedded server has neither tools nor TLS. */
  private static Path beside(String name) {
    List<ServerBinary> servers = ServerBinary.forTests();
    Path server = Path.of(servers.get(servers.size() - 1).command().get(0));
    Path program = server.resolveSibling(name);
    Assumptions.assumeTrue(
        Files.isExecutable(program),
        "skipped: no " + name + " found, see CONTRIBUTING.md for NORN_VALKEY");
    return program;
  }

  private static String valkeyCli(Path cli, int port, Authority.Identity shown, String... words)
      throws Exception {
    List<String> command = new ArrayList<>(List.of(cli.toString(), "-p", "" + port, "--tls"));
    command.addAll(List.of("--cacert", authority.certificate().toString()));
    if (shown != null) {
      command.addAll(List.of("--cert", shown.certificate().toString()));
      command.addAll(List.of("--key", shown.key().toString()));
    }
    command.addAll(List.of(words));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
  }

  private static HttpsURLConnection open(int port, String path) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (var in = Files.newInputStream(authority.certificate())) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    HttpsURLConnection connection =
        (HttpsURLConnection)
            java.net.URI.create("https://127.0.0.1:" + port + path).toURL().openConnection();
    connection.setSSLSocketFactory(context.getSocketFactory());
    return connection;
  }

  private static String get(int port, String path) throws Exception {
    try (var in = open(port, path).getInputStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String shownBy(int port) throws Exception {
    HttpsURLConnection connection = open(port, "/health");
    connection.connect();
    String shown = connection.getServerCertificates()[0].toString();
    connection.disconnect();
    return shown;
  }
}
