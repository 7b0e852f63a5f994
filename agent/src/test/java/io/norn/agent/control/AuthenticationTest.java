package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.agent.config.Listen.Protection;
import io.norn.net.Credentials;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.server.ServerRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticationTest {
  private static final Authenticator PASSWORD = new PasswordAuthenticator("sesame");

  @Test
  void shouldLetNobodyDoAnythingBeforeAuth() throws IOException {
    try (ControlPort port = open(PASSWORD);
        RawClient client = port.raw()) {
      for (String command :
          List.of(
              "PING",
              "INFO",
              "STATUS",
              "ROLE",
              "SHUTDOWN",
              "MULTI",
              "CLIENT ID",
              "PSYNC ? -1",
              "REPLICAOF NO ONE",
              "SLAVEOF NO ONE",
              "SUBSCRIBE x",
              "CONFIG GET *")) {
        String expected = "-NOAUTH Authentication required.\r\n";
        assertThat(client.send(command + "\r\n").receive(expected.length()))
            .as(command)
            .isEqualTo(expected);
      }
      assertThat(port.agent().shutdown.getCount()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"AUTH x", "AUTH bob sesame", "AUTH default x", "AUTH ses", "AUTH \"\""})
  void shouldRefuseWrongPasswords(String command) throws IOException {
    try (ControlPort port = open(PASSWORD);
        RawClient client = port.raw()) {
      client.send(command + "\r\nPING\r\nQUIT\r\n");
      assertThat(client.receiveAll()).startsWith("-WRONGPASS ").contains("\r\n-NOAUTH ");
    }
  }

  @Test
  void shouldKeepWhatWasRightUntilReset() throws IOException {
    try (ControlPort port = open(PASSWORD);
        ServerConnection client = port.connect(new Credentials("default", "sesame"))) {
      client.require("PING");
      assertThat(client.call("AUTH", "wrong")).isInstanceOf(ServerError.class);
      assertThat(client.requireText("INFO", "clients")).contains("auth_failures:1");
      assertThat(client.call("AUTH", "a", "b", "c")).isEqualTo(new ServerError("ERR syntax error"));
      client.require("RESET");
      assertThat(((ServerError) client.call("PING")).code()).isEqualTo("NOAUTH");
      client.require("AUTH", "sesame");
      client.require("PING");
    }
  }

  @Test
  void shouldServeClientsOfTheProject() throws IOException {
    try (ControlPort port = open(PASSWORD)) {
      try (ServerConnection client = port.connect(new Credentials("", "sesame"))) {
        client.require("PING");
      }
      assertThatThrownBy(() -> port.connect(new Credentials("", "wrong")))
          .isInstanceOf(ServerRefusedException.class)
          .hasMessageContaining("WRONGPASS");
    }
  }

  @Test
  void shouldAuthenticateInHello() throws IOException {
    try (ControlPort port = open(PASSWORD);
        RawClient raw = port.raw()) {
      assertThat(raw.send("HELLO 3\r\n").receive(7)).isEqualTo("-NOAUTH");
      raw.send("\r\nHELLO 3 AUTH default wrong\r\nHELLO 3 AUTH default sesame SETNAME me\r\n");
      raw.send("CLIENT GETNAME\r\nRESET\r\nQUIT\r\n");
      assertThat(raw.receiveAll())
          .contains("-WRONGPASS", "%7\r\n$6\r\nserver\r\n$4\r\nnorn\r\n", "$5\r\nproto\r\n:3\r\n")
          .endsWith("*0\r\n$2\r\nme\r\n+RESET\r\n+OK\r\n");
    }
  }

  @Test
  void shouldLetAgentsOfPeersReadStreamsButChangeNothing() throws IOException {
    try (ControlPort port = open(new FixedAccess(Access.REPLICATE));
        ServerConnection client = port.connect(new Credentials("bob", "x"))) {
      client.require("REPLCONF", "capa", "eof");
      assertThat(client.call("PSYNC", "abc", "1"))
          .isInstanceOfSatisfying(
              ServerError.class, e -> assertThat(e.message()).startsWith("NOTHELD "));
      assertThat(client.call("REPLICAOF", "h", "1"))
          .isInstanceOfSatisfying(
              ServerError.class, e -> assertThat(e.message()).startsWith("NOPERM user bob "));
    }
  }

  @Test
  void shouldLetObserversLookButChangeNothing() throws IOException {
    try (ControlPort port = open(new FixedAccess(Access.OBSERVE));
        ServerConnection client = port.connect(new Credentials("bob", "x"))) {
      for (String allowed : new String[] {"INFO", "STATUS", "PEER LIST", "SLAVEOF a 1", "ROLE"}) {
        client.require(allowed.split(" ", -1));
      }
      for (String denied :
          new String[] {
            "SHUTDOWN",
            "REPLICAOF h 1",
            "REPLICAOF NO ONE",
            "PEER ADD h 1",
            "PEER REMOVE h 1",
            "CONFIG GET *",
            "CONFIG SET a b",
            "PSYNC abc 1",
            "REPLCONF capa eof"
          }) {
        assertThat(client.call(denied.split(" ", -1)))
            .as(denied)
            .isInstanceOfSatisfying(
                ServerError.class, e -> assertThat(e.message()).startsWith("NOPERM user bob "));
      }
      assertThat(port.agent().peers()).isEmpty();
      assertThat(port.agent().shutdown.getCount()).isEqualTo(1);
    }
  }

  @Test
  void shouldSayWhenAPasswordCannotBeChecked() throws IOException {
    try (ControlPort port = open(new FixedAccess(Access.NONE));
        RawClient client = port.raw()) {
      assertThat(client.send("AUTH x\r\nQUIT\r\n").receiveAll())
          .startsWith(
              "-ERR the password cannot be checked at the local server now: it is down\r\n");
    }
  }

  @Test
  void shouldKeepOtherHostsOutWhileThereIsNoPassword() throws IOException {
    InetAddress other = InetAddress.getByName("192.0.2.1");
    InetAddress own = InetAddress.getLoopbackAddress();
    assertThat(ProtectedMode.denial(Protection.ON, Access.ADMIN, other).orElseThrow())
        .startsWith("DENIED protected mode")
        .contains("requirepass");
    assertThat(ProtectedMode.denial(Protection.ON, Access.ADMIN, own)).isEmpty();
    assertThat(ProtectedMode.denial(Protection.ON, Access.NONE, other)).isEmpty();
    assertThat(ProtectedMode.denial(Protection.OFF, Access.ADMIN, other)).isEmpty();
  }

  private static ControlPort open(Authenticator authenticator) throws IOException {
    return ControlPort.open(authenticator, ControlPort.LIMITS);
  }

  /** Gives everybody the same access; none stands for a server that is down. */
  private record FixedAccess(Access access) implements Authenticator {
    @Override
    public Access withoutPassword() {
      return Access.NONE;
    }

    @Override
    public Access check(Credentials credentials) throws IOException {
      if (access == Access.NONE) {
        throw new IOException("it is down");
      }
      return access;
    }
  }
}
