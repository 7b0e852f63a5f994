package io.norn.psync;

import static io.norn.psync.FakePrimary.CLOSE;
import static io.norn.psync.FakePrimary.REPLID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.psync.SyncRequest.Snapshot;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a handshake says, and what it makes of answers that real servers do not give on demand. */
class HandshakeTest {
  private FakePrimary primary;

  @BeforeEach
  void create() throws IOException {
    primary = new FakePrimary();
  }

  @AfterEach
  void close() throws IOException {
    primary.close();
  }

  private PsyncSession open() throws IOException {
    return PsyncSession.open(primary.start().settings());
  }

  @Test
  void shouldIntroduceItselfAsAReplicaThatKnowsWhatItNeeds() throws Exception {
    primary.answer("PSYNC", "+CONTINUE\r\n");
    try (PsyncSession session = open()) {
      session.sync(new SyncRequest(Optional.of(new Position(REPLID, 99)), Snapshot.EMPTY));
    }
    assertThat(primary.received)
        .containsExactly(
            "PING",
            "INFO server",
            "REPLCONF listening-port 7379",
            "REPLCONF capa eof capa psync2",
            "REPLCONF version 7.0.15",
            "INFO server replication persistence",
            "REPLCONF rdb-filter-only ",
            "PSYNC " + REPLID + " 100");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP/1.1 400 Bad Request | HTTP/1.1 400 Bad Request",
        "SSH-2.0-OpenSSH_9.2 | SSH-2.0-OpenSSH_9.2",
      })
  void shouldSayThatItIsNoServer(String banner, String message) throws Exception {
    primary.answer("CONNECT", banner + "\r\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(PsyncRefusedException.class)
        .hasMessageContaining("127.0.0.1:")
        .hasMessageContaining(message);
  }

  @Test
  void shouldGuessThatTlsIsMissing() {
    primary.answer("CONNECT", "\u0015\u0003\u0003\0\u0002\u0002P");
    assertThatThrownBy(this::open)
        .isInstanceOf(PsyncRefusedException.class)
        .hasMessageContaining("it speaks TLS, turn TLS on for this link");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "redis_version:6.2.14 | Redis 6.2.14 is too old: use Valkey 7.2 or Redis 7.0, or later",
        "redis_version:2.8.0 | too old",
        "something:else | names no version",
        "redis_version:7.0.15~redis_mode:sentinel | this is a Sentinel",
      })
  void shouldRefuseServersThatCannotBeFollowed(String info, String message) {
    primary.answer("INFO", FakePrimary.info(info.replace("~", "\r\n")));
    assertThatThrownBy(this::open)
        .isInstanceOf(PsyncRefusedException.class)
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PING | -NOAUTH Authentication required. | Give user and password",
        "PING | -DENIED Redis is running in protected mode | protected mode",
        "INFO | -NOPERM User has no permissions to run the 'info' command | +info",
        "REPLCONF | -NOPERM User has no permissions | +replconf",
        "INFO | -ERR unknown command | unknown command",
      })
  void shouldRefuseInOneLineWhenTheServerSaysNo(String command, String error, String message) {
    primary.answer(command, error + "\r\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(PsyncRefusedException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-LOADING loading", "-BUSY script", "-ERR max number of clients reached"})
  void shouldTryLaterWhenTheServerIsNotReady(String error) {
    primary.answer("INFO", error + "\r\n");
    assertThatThrownBy(this::open).isInstanceOf(TryLaterException.class);
  }

  @Test
  void shouldTryLaterWhenThereIsNoRoomForAnotherClient() {
    primary.answer("CONNECT", "-ERR max number of clients reached\r\n");
    assertThatThrownBy(this::open)
        .isInstanceOf(TryLaterException.class)
        .hasMessageContaining("max number of clients");
  }

  @Test
  void shouldPassOverAPingThatIsNotAllowed() throws Exception {
    primary.answer("PING", "-NOPERM no ping\r\n");
    try (PsyncSession session = open()) {
      assertThat(session.primary().versionText()).isEqualTo("7.0.15");
    }
  }

  @Test
  void shouldNotWaitForEverForAServerThatSaysNothing() {
    primary.answer("INFO", "");
    assertThatThrownBy(this::open)
        .isInstanceOf(SocketTimeoutException.class)
        .hasMessageContaining("nothing received for 2 s");
  }

  @Test
  void shouldNotAllocateWhatAReplyAnnounces() {
    primary.answer("INFO", "$2000000000\r\n");
    assertThatThrownBy(this::open).isInstanceOf(PsyncRefusedException.class);
  }

  @Test
  void shouldNoticeThatTheServerHangsUpInTheHandshake() {
    primary.answer("INFO", CLOSE);
    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(PsyncRefusedException.class)
        .hasMessageContaining("closed the connection");
  }
}
