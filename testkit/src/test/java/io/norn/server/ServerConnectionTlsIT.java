package io.norn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.net.TlsSettings;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ServerConnectionTlsIT {
  @TempDir static Path directory;

  private static ServerProcess server;
  private static TlsFront front;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start(ServerBinary.embedded());
    front = new TlsFront(TlsFront.createKeyStore(directory), server.port());
  }

  @AfterAll
  static void stop() throws IOException {
    front.close();
    server.close();
  }

  @Test
  void shouldTalkToAServerWhoseCertificateItTrusts() throws Exception {
    try (ServerConnection connection = open("localhost", ours())) {
      assertThat(connection.requireText("PING")).isEqualTo("PONG");
    }
  }

  @Test
  void shouldRefuseACertificateOfAnUnknownAuthority() {
    assertThatThrownBy(() -> open("localhost", Optional.empty()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("localhost:" + front.port() + ": TLS failed: ");
  }

  @Test
  void shouldRefuseACertificateOfAnotherName() {
    assertThatThrownBy(() -> open("127.0.0.1", ours()))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("127.0.0.1:" + front.port() + ": TLS failed: ");
  }

  @Test
  void shouldNameTheFileThatHoldsNoCertificate() throws Exception {
    Path empty = Files.writeString(directory.resolve("broken.pem"), "no certificate");
    assertThatThrownBy(() -> open("localhost", Optional.of(empty)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(empty + " holds no certificate in PEM form");
  }

  private static Optional<Path> ours() {
    return Optional.of(directory.resolve("cert.pem"));
  }

  private static ServerConnection open(String host, Optional<Path> caCertFile) throws IOException {
    TlsSettings tls = new TlsSettings(caCertFile, Optional.empty(), Optional.empty());
    Address address = new Address(host, front.port());
    return ServerConnection.open(new Endpoint(address, Credentials.NONE, Optional.of(tls)), 10_000);
  }
}
