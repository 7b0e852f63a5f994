package io.norn.psync;

import static io.norn.psync.Streams.fullResync;
import static io.norn.psync.Streams.readUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.psync.SyncRequest.Snapshot;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is let in by a real server, and what those are told who are not. */
@ParameterizedClass
@MethodSource("io.norn.testkit.server.ServerBinary#forTests")
class HandshakeIT {
  private static final SyncRequest EMPTY = new SyncRequest(Optional.empty(), Snapshot.EMPTY);

  @Parameter ServerBinary binary;
  private static ServerProcess server;
  private static ServerConnection commands;

  @BeforeParameterizedClassInvocation
  static void start(ServerBinary binary) throws IOException {
    server = ServerProcess.start(binary, "--requirepass", "secret");
    commands = server.connect();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    commands.close();
    server.close();
  }

  private static LinkSettings settings(Address address, Credentials credentials) {
    Endpoint endpoint = new Endpoint(address, credentials, Optional.empty());
    return new LinkSettings(endpoint, 17379, Optional.empty(), 2_000, 20_000);
  }

  private static PsyncSession open(String user, String password) throws IOException {
    return PsyncSession.open(
        settings(server.endpoint().address(), new Credentials(user, password)));
  }

  @ParameterizedTest
  @CsvSource({"'', secret", "default, secret"})
  void shouldComeInWithThePassword(String user, String password) throws Exception {
    try (PsyncSession session = open(user, password)) {
      fullResync(session, EMPTY);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'', '', NOAUTH, Give user and password",
    "'', wrong, WRONGPASS, check user and password",
    "nobody, secret, WRONGPASS, check user and password",
  })
  void shouldSayThatThePasswordIsWrong(String user, String password, String code, String hint) {
    assertThatThrownBy(() -> open(user, password))
        .isInstanceOf(PsyncRefusedException.class)
        .hasMessageStartingWith(server.endpoint().toString())
        .hasMessageContaining(code)
        .hasMessageContaining(hint)
        .message()
        .doesNotContain("secret");
  }

  @Test
  void shouldNeedFewRights() throws Exception {
    commands.require("ACL", "SETUSER", "few", "reset", "on", ">pw", "+psync", "+replconf");
    commands.require("ACL", "SETUSER", "few", "+ping", "+info");
    try (PsyncSession session = open("few", "pw")) {
      Position at = fullResync(session, EMPTY);
      session.skipSnapshot();
      commands.require("SET", "k", "v");
      CommandFramer framer = new CommandFramer(at.offset(), RespLimits.DEFAULT);
      assertThat(readUntil(session, framer, "SET k v")).contains("SELECT 0");
      session.ack(framer.endOffset(), framer.endOffset());
      assertThat(commands.require("WAIT", "1", "5000")).isEqualTo(1L);
    }
  }

  @ParameterizedTest
  @CsvSource({"info", "replconf"})
  void shouldNameTheRightsThatAreMissing(String missing) throws Exception {
    commands.require("ACL", "SETUSER", "less", "reset", "on", ">pw", "+psync", "+replconf");
    commands.require("ACL", "SETUSER", "less", "+info", "-" + missing);
    assertThatThrownBy(() -> open("less", "pw"))
        .isInstanceOf(PsyncRefusedException.class)
        .hasMessageContaining("NOPERM")
        .hasMessageContaining("the user needs at least +psync +replconf +ping +info");
  }

  @Test
  void shouldNameTheRightToFollow() throws Exception {
    commands.require("ACL", "SETUSER", "look", "reset", "on", ">pw", "+replconf", "+info");
    try (PsyncSession session = open("look", "pw")) {
      SyncReply reply = session.sync(EMPTY);
      assertThat(reply).isInstanceOf(SyncReply.Refused.class);
      assertThat(((SyncReply.Refused) reply).reason()).contains("NOPERM", "+psync");
    }
  }

  @Test
  void shouldSayThatAWebServerIsNoServer() throws Exception {
    HttpServer web =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.start();
    try {
      Address address = new Address("127.0.0.1", web.getAddress().getPort());
      assertThatThrownBy(() -> PsyncSession.open(settings(address, Credentials.NONE)))
          .isInstanceOf(PsyncRefusedException.class)
          .hasMessageContaining(
              address + ": this is no Valkey or Redis, it answered 'HTTP/1.1 400");
    } finally {
      web.stop(0);
    }
  }

  @Test
  void shouldNameAHostThatIsUnknown() {
    Address address = new Address("no-such-host.invalid", 6379);
    assertThatThrownBy(() -> PsyncSession.open(settings(address, Credentials.NONE)))
        .isInstanceOf(UnknownHostException.class)
        .hasMessage("no-such-host.invalid:6379: unknown host");
  }

  @Test
  void shouldSayThatNobodyListens() throws Exception {
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }
    Address address = new Address("127.0.0.1", free);
    assertThatThrownBy(() -> PsyncSession.open(settings(address, Credentials.NONE)))
        .isInstanceOf(ConnectException.class)
        .hasMessage(address + ": connection refused");
  }
}
