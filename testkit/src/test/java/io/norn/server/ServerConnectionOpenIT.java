package io.norn.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What users see when a server cannot be reached or lets nobody in: one line each. */
@Timeout(60)
class ServerConnectionOpenIT {
  private static ServerProcess server;

  @BeforeAll
  static void start() throws IOException {
    server = ServerProcess.start(ServerBinary.embedded(), "--requirepass", "secret");
    try (ServerConnection connection = server.connect()) {
      connection.require("ACL", "SETUSER", "norn", "on", ">word", "~*", "-@all", "+ping");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    server.close();
  }

  @Test
  void shouldTellThatThePasswordIsWrong() {
    assertThatThrownBy(() -> open("", "wrong"))
        .isInstanceOf(ServerRefusedException.class)
        .hasMessageStartingWith("127.0.0.1:" + server.port() + ": WRONGPASS ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void shouldLeaveItToTheServerToAskForAMissingPassword() throws Exception {
    try (ServerConnection connection = ServerConnection.open(plain(server.port()))) {
      assertThat(connection.call("PING")).isInstanceOf(ServerError.class);
      assertThat(((ServerError) connection.call("PING")).code()).isEqualTo("NOAUTH");
    }
  }

  @Test
  void shouldNeedNoRightsButThoseOfTheCommandsSent() throws Exception {
    try (ServerConnection connection = open("norn", "word")) {
      assertThat(connection.requireText("PING")).isEqualTo("PONG");
      assertThat(((ServerError) connection.call("GET", "k")).code()).isEqualTo("NOPERM");
    }
  }

  @Test
  void shouldTellThatTheHostIsUnknown() {
    assertThatThrownBy(() -> ServerConnection.open(Endpoint.plain("no-such-host.invalid", 6379)))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("no-such-host.invalid:6379: unknown host");
  }

  @Test
  void shouldTellThatNobodyListens() throws Exception {
    int port = FreePort.next();
    assertThatThrownBy(() -> ServerConnection.open(plain(port)))
        .isInstanceOf(ConnectException.class)
        .hasMessage("127.0.0.1:" + port + ": connection refused");
  }

  @Test
  void shouldTellThatAServerDoesNotAnswer() throws Exception {
    try (ServerProcess frozen =
        ServerProcess.start(ServerBinary.embedded(), "--requirepass", "secret")) {
      frozen.pause();
      assertThatThrownBy(() -> ServerConnection.open(frozen.endpoint(), 100))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith("127.0.0.1:" + frozen.port() + ": ");
    }
  }

  private static ServerConnection open(String user, String password) throws IOException {
    Credentials credentials = new Credentials(user, password);
    Address address = new Address("127.0.0.1", server.port());
    return ServerConnection.open(new Endpoint(address, credentials, Optional.empty()));
  }

  private static Endpoint plain(int port) {
    return Endpoint.plain("127.0.0.1", port);
  }
}
