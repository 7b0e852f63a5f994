package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.norn.agent.config.Listen.ClientLimits;
import io.norn.agent.config.Listen.Protection;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ControlServerTest {
  private static final String PING = "PING\r\n";

  @Test
  void shouldSayInOneLineWhyItCannotListen() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> start(taken.getLocalPort(), "127.0.0.1"))
          .isInstanceOf(IOException.class)
          .hasMessage(
              "cannot listen on 127.0.0.1 port "
                  + taken.getLocalPort()
                  + ": the port is in use:"
                  + " stop what uses it, or choose another with 'port'");
    }
    assertThatThrownBy(() -> start(0, "192.0.2.1"))
        .hasMessage(
            "cannot listen on 192.0.2.1 port 0: this host has no such address: give 'bind' one that"
                + " it has, or * for all");
    assertThatThrownBy(() -> start(0, "no such host"))
        .hasMessageStartingWith("cannot listen on no such host port 0: unknown address");
    assertThatThrownBy(() -> start(0, "-192.0.2.1"))
        .hasMessageContaining("none of the addresses exists");
  }

  @Test
  void shouldLeaveNothingOpenWhenOneOfSeveralAddressesFails() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> start(port, "127.0.0.1", "192.0.2.1"));
    assertThatCode(() -> start(port, "127.0.0.1", "127.0.0.2", "-192.0.2.1").close())
        .doesNotThrowAnyException();
  }

  @Test
  void shouldListenOnSeveralAddresses() throws IOException {
    try (ControlServer server = start(0, "127.0.0.1", "127.0.0.2")) {
      try (Socket socket = new Socket(InetAddress.getByName("127.0.0.2"), server.port())) {
        socket
            .getOutputStream()
            .write("QUIT\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertThat(socket.getInputStream().readAllBytes()).hasSize(5);
      }
    }
  }

  @Test
  void shouldEndAllThreadsWhenItIsClosed() throws IOException {
    ControlPort port = ControlPort.open();
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      RawClient client = port.raw();
      client.send(PING).receive(7);
      clients.add(client);
    }
    assertThat(controlThreads()).hasSizeGreaterThan(20);
    port.close();
    port.close();
    await()
        .atMost(Duration.ofSeconds(5))
        .untilAsserted(() -> assertThat(controlThreads()).isEmpty());
    for (RawClient client : clients) {
      assertThat(client.receiveAll()).isEmpty();
      client.close();
    }
  }

  @Test
  void shouldSurviveAThousandConnections() throws IOException {
    try (ControlPort port = limited(16, 60_000)) {
      List<Socket> crowd = new ArrayList<>();
      for (int i = 0; i < 1_000; i++) {
        crowd.add(new Socket(InetAddress.getLoopbackAddress(), port.server().port()));
      }
      assertThat(controlThreads()).hasSizeLessThanOrEqualTo(17);
      for (Socket socket : crowd) {
        socket.close();
      }
      awaitPing(port);
      await()
          .atMost(Duration.ofSeconds(10))
          .untilAsserted(() -> assertThat(controlThreads()).hasSizeLessThanOrEqualTo(2));
    }
  }

  @Test
  void shouldTurnAwayOneClientTooMany() throws IOException {
    try (ControlPort port = limited(1, 60_000)) {
      try (RawClient first = port.raw()) {
        assertThat(first.send(PING).receive(7)).isEqualTo("+PONG\r\n");
        try (RawClient second = port.raw()) {
          assertThat(second.receiveAll()).isEqualTo("-ERR max number of clients reached\r\n");
        }
        assertThat(first.send("INFO clients\r\nQUIT\r\n").receiveAll())
            .contains("rejected_connections:1", "maxclients:1");
      }
      awaitPing(port);
    }
  }

  @Test
  void shouldCutOffClientsThatStopInTheMiddleOfARequest() throws IOException {
    try (ControlPort port = limited(8, 300);
        RawClient silent = port.raw();
        RawClient half = port.raw()) {
      half.send("*2\r\n$4\r\nECHO\r\n$10\r\nabc");
      assertThat(silent.receiveAll()).isEmpty();
      assertThat(half.receiveAll()).isEmpty();
    }
  }

  @Test
  void shouldCutOffClientsThatNeverTakeTheirReplies() throws IOException {
    try (ControlPort port = limited(8, 1_000);
        RawClient greedy = port.raw()) {
      byte[] request =
          ("*2\r\n$4\r\nECHO\r\n$60000\r\n" + "a".repeat(60_000) + "\r\n")
              .getBytes(java.nio.charset.StandardCharsets.US_ASCII);
      assertThatThrownBy(
              () -> {
                for (int i = 0; i < 10_000; i++) {
                  greedy.send(request);
                }
              })
          .isInstanceOf(SocketException.class);
      awaitPing(port);
    }
  }

  @Test
  void shouldNotBeStoppedByClientsThatGoWithoutAWord() throws IOException {
    try (ControlPort port = limited(8, 60_000)) {
      for (int i = 0; i < 100; i++) {
        try (RawClient client = port.raw()) {
          client.socket().setSoLinger(true, 0);
          client.send("INFO\r\n".repeat(i));
        }
      }
      awaitPing(port);
    }
  }

  private static void awaitPing(ControlPort port) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .untilAsserted(
            () -> {
              try (ServerConnection client = port.connect()) {
                assertThat(client.requireText("PING")).isEqualTo("PONG");
              }
            });
  }

  private static ControlPort limited(int maxClients, long idleMillis) throws IOException {
    return ControlPort.open(
        new OpenAuthenticator(), new ClientLimits(Protection.ON, maxClients, idleMillis));
  }

  private static ControlServer start(int port, String... bind) throws IOException {
    return ControlServer.start(
        ControlPort.listen(port, ControlPort.LIMITS, bind),
        new OpenAuthenticator(),
        new RecordingAgent());
  }

  private static List<Thread> controlThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("control-"))
        .toList();
  }
}
