package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.agent.config.Listen;
import io.norn.agent.config.PortTls;
import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.net.ServerTls.ClientCertificates;
import io.norn.net.TlsSettings;
import io.norn.server.ServerConnection;
import io.norn.testkit.tls.Authority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The control port over TLS, next to the one without. */
@Timeout(120)
final class TlsPortTest {
  @TempDir static Path directory;

  private static Authority ours;
  private static Authority theirs;
  private static Authority.Identity agent;
  private static Authority.Identity client;
  private static Authority.Identity stranger;

  @BeforeAll
  static void makeCertificates() throws Exception {
    ours = Authority.create(directory, "ours");
    theirs = Authority.create(directory, "theirs");
    agent = ours.self();
    client = ours.issue("client", "dns:client");
    stranger = theirs.self();
  }

  private static Listen listen(Authority.Identity identity, ClientCertificates clients) {
    return new Listen(
        List.of("127.0.0.1"),
        Listen.NONE,
        new Address("127.0.0.1", 1),
        Credentials.NONE,
        ControlPort.LIMITS,
        Optional.of(new Listen.TlsPort(0, new PortTls(files(ours, identity), clients))));
  }

  private static TlsSettings files(Authority trusted, Authority.Identity shown) {
    return new TlsSettings(
        Optional.of(trusted.certificate()),
        Optional.ofNullable(shown).map(Authority.Identity::certificate),
        Optional.ofNullable(shown).map(Authority.Identity::key));
  }

  private static ControlServer start(ClientCertificates clients) throws IOException {
    return ControlServer.start(
        listen(agent, clients), new OpenAuthenticator(), new RecordingAgent());
  }

  private static String ping(ControlServer server, Authority trusted, Authority.Identity shown)
      throws IOException {
    Endpoint endpoint =
        new Endpoint(
            new Address("127.0.0.1", server.tlsPort()),
            Credentials.NONE,
            Optional.of(files(trusted, shown)));
    try (ServerConnection connection = ServerConnection.open(endpoint, 10_000)) {
      return connection.requireText("PING");
    }
  }

  @Test
  void shouldLetInWhoShowsACertificateOfTheAuthority() throws Exception {
    try (ControlServer server = start(ClientCertificates.YES)) {
      assertThat(ping(server, ours, client)).isEqualTo("PONG");
      assertThat(server.port()).isEqualTo(server.tlsPort());
    }
  }

  @Test
  void shouldKeepOutWhoShowsNoneOrAnother() throws Exception {
    try (ControlServer server = start(ClientCertificates.YES)) {
      assertThatThrownBy(() -> ping(server, ours, null)).isInstanceOf(IOException.class);
      assertThatThrownBy(() -> ping(server, ours, stranger)).isInstanceOf(IOException.class);
      assertThat(ping(server, ours, client)).isEqualTo("PONG");
    }
  }

  @Test
  void shouldAskForNoneWhereNoneIsWanted() throws Exception {
    try (ControlServer server = start(ClientCertificates.NO)) {
      assertThat(ping(server, ours, null)).isEqualTo("PONG");
    }
    try (ControlServer server = start(ClientCertificates.OPTIONAL)) {
      assertThat(ping(server, ours, null)).isEqualTo("PONG");
      assertThat(ping(server, ours, client)).isEqualTo("PONG");
    }
  }

  @Test
  void shouldNotBeTrustedByWhoTrustsOthers() throws Exception {
    try (ControlServer server = start(ClientCertificates.NO)) {
      assertThatThrownBy(() -> ping(server, theirs, null))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("TLS failed");
    }
  }

  @Test
  void shouldShowARenewedCertificateFromThenOn() throws Exception {
    try (ControlServer server = start(ClientCertificates.NO)) {
      server.renewCertificates(listen(stranger, ClientCertificates.NO));
      assertThat(ping(server, theirs, null)).isEqualTo("PONG");
      assertThatThrownBy(() -> ping(server, ours, null)).isInstanceOf(IOException.class);

      Authority.Identity broken = new Authority.Identity(agent.key(), agent.key());
      assertThatThrownBy(() -> server.renewCertificates(listen(broken, ClientCertificates.NO)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining(agent.key().toString());
      assertThat(ping(server, theirs, null)).isEqualTo("PONG");
    }
  }

  @Test
  void shouldServeOthersWhileSomeNeverFinishTheirHandshake() throws Exception {
    List<Socket> silent = new ArrayList<>();
    try (ControlServer server = start(ClientCertificates.NO)) {
      for (int i = 0; i < 20; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.tlsPort());
        socket.getOutputStream().write(new byte[] {22, 3, 1, 2});
        silent.add(socket);
      }
      assertThat(ping(server, ours, null)).isEqualTo("PONG");
    } finally {
      for (Socket socket : silent) {
        socket.close();
      }
    }
  }

  @Test
  void shouldSpeakNoPlainTextThere() throws Exception {
    try (ControlServer server = start(ClientCertificates.NO)) {
      Endpoint plain = Endpoint.plain("127.0.0.1", server.tlsPort());
      assertThatThrownBy(
              () -> {
                try (ServerConnection connection = ServerConnection.open(plain, 5_000)) {
                  connection.require("PING");
                }
              })
          .isInstanceOf(IOException.class);
    }
  }
}
