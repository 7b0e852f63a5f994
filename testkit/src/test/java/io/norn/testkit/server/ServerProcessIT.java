package io.norn.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ServerProcessIT {
  static List<ServerBinary> binaries() {
    return ServerBinary.forTests();
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void shouldStartAnEmptyServerThatListensOnLoopbackOnly(ServerBinary binary) throws Exception {
    try (ServerProcess server = ServerProcess.start(binary);
        ServerConnection connection = server.connect()) {
      assertThat(connection.call("DBSIZE")).isEqualTo(0L);
      assertThat(config(connection, "bind")).isEqualTo("127.0.0.1");
      assertThat(config(connection, "save")).isEmpty();
      assertThat(connection.requireText("INFO", "server"))
          .contains("process_id:" + server.pid())
          .contains(binary.version());
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void shouldKeepPortAndSavedDataOverARestartAfterACrash(ServerBinary binary) throws Exception {
    try (ServerProcess server = ServerProcess.start(binary)) {
      int port = server.port();
      try (ServerConnection connection = server.connect()) {
        connection.require("SET", "saved", "1");
        connection.require("SAVE");
        connection.require("SET", "lost", "1");
      }
      server.kill();
      assertThat(server.isRunning()).isFalse();
      server.restart();
      try (ServerConnection connection = server.connect()) {
        assertThat(server.port()).isEqualTo(port);
        assertThat(connection.call("EXISTS", "saved")).isEqualTo(1L);
        assertThat(connection.call("EXISTS", "lost")).isEqualTo(0L);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("binaries")
  void shouldShutDownCleanlyAndSaveWhenAskedTo(ServerBinary binary) throws Exception {
    try (ServerProcess server = ServerProcess.start(binary, "--save", "3600 1")) {
      try (ServerConnection connection = server.connect()) {
        connection.require("SET", "k", "v");
      }
      server.pause();
      server.stop();
      assertThat(server.log()).contains("bye bye");
      server.restart();
      try (ServerConnection connection = server.connect()) {
        assertThat(connection.requireText("GET", "k")).isEqualTo("v");
      }
    }
  }

  @Test
  void shouldAnswerNothingWhilePaused() throws Exception {
    try (ServerProcess server = ServerProcess.start(ServerBinary.embedded());
        ServerConnection connection = server.connect()) {
      connection.replyTimeout(100);
      server.pause();
      assertThatThrownBy(() -> connection.call("PING")).isInstanceOf(IOException.class);
      server.resume();
      try (ServerConnection second = server.connect()) {
        assertThat(second.requireText("PING")).isEqualTo("PONG");
      }
    }
  }

  @Test
  void shouldConnectWithThePasswordOfTheExtraArguments() throws Exception {
    try (ServerProcess server =
            ServerProcess.start(ServerBinary.embedded(), "--requirepass", "secret");
        ServerConnection connection = server.connect()) {
      assertThat(connection.requireText("PING")).isEqualTo("PONG");
    }
  }

  @Test
  void shouldShowTheLogOfAServerThatDoesNotStart() {
    assertThatThrownBy(() -> ServerProcess.start(ServerBinary.embedded(), "--nonsense", "1"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("ended with exit code 1")
        .hasMessageContaining("nonsense");
  }

  @Test
  void shouldSayThatThePortIsTakenWhenItCannotRestart() throws Exception {
    try (ServerProcess server = ServerProcess.start(ServerBinary.embedded())) {
      server.kill();
      try (ServerSocket other =
          new ServerSocket(server.port(), 1, InetAddress.getLoopbackAddress())) {
        assertThat(other.isBound()).isTrue();
        assertThatThrownBy(server::restart).hasMessageContaining("the port is taken");
      }
    }
  }

  @Test
  void shouldLeaveNeitherProcessNorFilesBehind() throws Exception {
    ServerProcess server = ServerProcess.start(ServerBinary.embedded());
    long pid = server.pid();
    Path directory = server.directory();
    assertThat(directory.resolve("server.log")).exists();
    server.close();
    assertThat(ProcessHandle.of(pid)).isEmpty();
    assertThat(Files.exists(directory)).isFalse();
  }

  private static String config(ServerConnection connection, String name) throws IOException {
    List<?> reply = (List<?>) connection.require("CONFIG", "GET", name);
    return ServerConnection.text(reply.get(1));
  }
}
