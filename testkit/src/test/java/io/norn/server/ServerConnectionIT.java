package io.norn.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What {@link ServerConnection} promises, against a real server. */
@Timeout(60)
class ServerConnectionIT {
  private ServerProcess server;
  private ServerConnection connection;

  @BeforeEach
  void start() throws IOException {
    server = ServerProcess.start(ServerBinary.embedded());
    connection = server.connect();
  }

  @AfterEach
  void stop() throws IOException {
    connection.close();
    server.close();
  }

  @Test
  void shouldAnswerAPipelineInOrder() throws Exception {
    for (int i = 0; i < 20_000; i++) {
      connection.send("INCR", "counter");
    }
    List<Object> expected =
        LongStream.rangeClosed(1, 20_000).<Object>mapToObj(Long::valueOf).toList();
    assertThat(connection.receiveAll()).isEqualTo(expected);
    assertThat(connection.receiveAll()).isEmpty();
  }

  @Test
  void shouldKeepBytesAsTheyAre() throws Exception {
    byte[] key = {0, -1, '\r', '\n'};
    byte[] value = new byte[100_000];
    value[5] = '$';
    connection.require("SET".getBytes(US_ASCII), key, value);
    assertThat(connection.call("GET".getBytes(US_ASCII), key)).isEqualTo(value);
  }

  @Test
  void shouldAnswerMapsAsFlatListsAndNothingAsNull() throws Exception {
    connection.require("HSET", "hash", "field", "value");
    assertThat((List<?>) connection.call("HGETALL", "hash")).hasSize(2);
    assertThat((List<?>) connection.call("CONFIG", "GET", "port")).hasSize(2);
    assertThat(connection.call("GET", "missing")).isNull();
    assertThat(connection.requireText("GET", "missing")).isEmpty();
  }

  @Test
  void shouldReturnErrorsAsValuesAndStayUsable() throws Exception {
    connection.send("SET", "string", "v");
    connection.send("LPUSH", "string", "v");
    connection.send("PING");
    List<Object> replies = connection.receive(3);
    assertThat(replies.get(1)).isInstanceOf(ServerError.class);
    assertThat(((ServerError) replies.get(1)).code()).isEqualTo("WRONGTYPE");
    assertThat(ServerConnection.text(replies.get(2))).isEqualTo("PONG");
  }

  @Test
  void shouldThrowErrorsOfCommandsThatHaveToSucceed() throws Exception {
    connection.require("SET", "string", "v");
    assertThatThrownBy(() -> connection.require("LPUSH", "string", "v"))
        .isInstanceOf(ServerRefusedException.class)
        .hasMessageStartingWith(server.endpoint() + ": WRONGTYPE ");
    assertThat(connection.requireText("PING")).isEqualTo("PONG");
  }

  @Test
  void shouldReturnErrorsInsideATransactionInTheirPlace() throws Exception {
    connection.send("MULTI");
    connection.send("SET", "string", "v");
    connection.send("LPUSH", "string", "v");
    connection.send("INCR", "counter");
    connection.send("EXEC");
    List<?> result = (List<?>) connection.receive(5).get(4);
    assertThat(result).hasSize(3);
    assertThat(result.get(1)).isInstanceOf(ServerError.class);
    assertThat(result.get(2)).isEqualTo(1L);
  }

  @Test
  void shouldReturnNullForATransactionThatAWatchAborted() throws Exception {
    connection.require("WATCH", "k");
    try (ServerConnection other = server.connect()) {
      other.require("SET", "k", "other");
    }
    connection.send("MULTI");
    connection.send("SET", "k", "ours");
    connection.send("EXEC");
    assertThat(connection.receive(3).get(2)).isNull();
    assertThat(connection.requireText("GET", "k")).isEqualTo("other");
  }

  @Test
  void shouldReadWhatASubscriptionPushes() throws Exception {
    connection.require("SUBSCRIBE", "channel");
    connection.replyTimeout(0);
    try (ServerConnection other = server.connect()) {
      other.require("PUBLISH", "channel", "one");
      other.require("PUBLISH", "channel", "two");
    }
    assertThat((List<?>) connection.receive()).last().isEqualTo("one".getBytes(US_ASCII));
    connection.send("SUBSCRIBE", "second");
    assertThat((List<?>) connection.receive()).last().isEqualTo("two".getBytes(US_ASCII));
    assertThat((List<?>) connection.receive()).last().isEqualTo(2L);
  }

  @Test
  void shouldGiveUpAfterTheReplyTimeout() throws Exception {
    connection.replyTimeout(50);
    server.pause();
    assertThatThrownBy(() -> connection.call("PING"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(server.endpoint() + ": ");
  }

  @Test
  void shouldEndABlockedReceiveWhenAnotherThreadCloses() throws Exception {
    connection.replyTimeout(0);
    Thread closer = new Thread(this::closeLate);
    closer.start();
    assertThatThrownBy(() -> connection.call("BLPOP", "nothing", "0"))
        .isInstanceOf(IOException.class);
    closer.join();
  }

  @Test
  void shouldTellThatTheServerWentAway() throws Exception {
    server.kill();
    assertThatThrownBy(() -> connection.call("PING"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(server.endpoint() + ": ");
  }

  private void closeLate() {
    try {
      Thread.sleep(100);
      connection.close();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
