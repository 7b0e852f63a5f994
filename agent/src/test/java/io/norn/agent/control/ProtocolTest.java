package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.testkit.Seed;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProtocolTest {
  private static final String LETTERS = "*$:+-\r\n\0\"'0123456789";
  private static final String PING = "*1\r\n$4\r\nPING\r\n";

  private ControlPort port;

  @BeforeEach
  void open() throws IOException {
    port = ControlPort.open();
  }

  @AfterEach
  void close() {
    port.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "PING\\n                        | +PONG\\r\\n",
        "PING\\r\\n                     | +PONG\\r\\n",
        "\\r\\n\\r\\nPING \"a b\"\\r\\n | $3\\r\\na b\\r\\n",
        "*0\\r\\n*-1\\r\\nPING\\r\\n    | +PONG\\r\\n",
        "*1\\r\\n$4\\r\\nPING\\r\\n     | +PONG\\r\\n",
        "*2\\r\\n$4\\r\\nECHO\\r\\n$0\\r\\n\\r\\n | $0\\r\\n\\r\\n",
        "*2\\r\\n$4\\r\\nECHO\\r\\n$2\\r\\n\\r\\n\\r\\n | $2\\r\\n\\r\\n\\r\\n",
        "HELLO 3\\r\\nCONFIG GET port\\r\\n | %1\\r\\n$4\\r\\nport\\r\\n$4\\r\\n7379\\r\\n",
        "HELLO 3\\r\\nCLIENT GETNAME\\r\\n | _\\r\\n",
        "HELLO 2\\r\\nCLIENT GETNAME\\r\\n | $-1\\r\\n",
        "SUBSCRIBE a b\\r\\nPING\\r\\nUNSUBSCRIBE\\r\\nPING\\r\\n | *3\\r\\n$9\\r\\nsubscribe\\r\\n$1\\r\\na\\r\\n:1\\r\\n*3\\r\\n$9\\r\\nsubscribe\\r\\n$1\\r\\nb\\r\\n:2\\r\\n*2\\r\\n$4\\r\\npong\\r\\n$0\\r\\n\\r\\n*3\\r\\n$11\\r\\nunsubscribe\\r\\n$1\\r\\na\\r\\n:1\\r\\n*3\\r\\n$11\\r\\nunsubscribe\\r\\n$1\\r\\nb\\r\\n:0\\r\\n+PONG\\r\\n",
        "PUNSUBSCRIBE\\r\\n | *3\\r\\n$12\\r\\npunsubscribe\\r\\n$-1\\r\\n:0\\r\\n",
      })
  void shouldAnswerByteForByte(String sent, String expected) throws IOException {
    try (RawClient raw = port.raw()) {
      raw.send(unescape(sent)).send("QUIT\r\n");
      assertThat(raw.receiveAll()).endsWith(unescape(expected) + "+OK\r\n");
    }
  }

  @Test
  void shouldRefuseCommandsThatWouldNotBeAnsweredWhileSubscribed() throws IOException {
    try (RawClient raw = port.raw()) {
      raw.send("SUBSCRIBE a\r\nINFO\r\nPEER ADD h 1\r\nQUIT\r\n");
      assertThat(raw.receiveAll()).contains("-ERR only (P)SUBSCRIBE").doesNotContain("# Server");
      assertThat(port.agent().peers()).isEmpty();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "*x\\r\\n                         | invalid multibulk length",
        "*1\\n$4\\r\\nPING\\r\\n           | invalid multibulk length",
        "*1025\\r\\n                      | invalid multibulk length",
        "*2147483648\\r\\n                | invalid multibulk length",
        "*99999999999999999999999\\r\\n   | invalid multibulk length",
        "*+1\\r\\n                        | invalid multibulk length",
        "*\\r\\n                          | invalid multibulk length",
        "*1\\r\\n:4\\r\\n                 | expected '$', got ':'",
        "*1\\r\\n\\r\\n                   | expected '$', got byte 13",
        "*1\\r\\n$-1\\r\\n                | invalid bulk length",
        "*1\\r\\n$65537\\r\\n             | invalid bulk length",
        "*1\\r\\n$999999999\\r\\n         | invalid bulk length",
        "*1\\r\\n$4x\\r\\n                | invalid bulk length",
        "*1\\r\\n$4\\r\\nPINGPING\\r\\n   | a bulk string is longer than it says",
        "PING \"a\\r\\n                   | unbalanced quotes in request",
        "PING 'a'b\\r\\n                  | unbalanced quotes in request",
      })
  void shouldCloseWithAnErrorWhenTheBytesAreNoRequest(String sent, String expected)
      throws IOException {
    try (RawClient raw = port.raw();
        RawClient other = port.raw()) {
      raw.send(PING).send(unescape(sent));
      assertThat(raw.receiveAll()).startsWith("+PONG\r\n-ERR Protocol error: " + expected);
      assertThat(other.send(PING).receive(7)).isEqualTo("+PONG\r\n");
    }
  }

  @Test
  void shouldCloseWhenARequestIsTooLarge() throws IOException {
    try (RawClient raw = port.raw()) {
      raw.send("a".repeat(300_000));
      assertThat(raw.receiveAll()).startsWith("-ERR Protocol error: too big inline request");
    }
    try (RawClient raw = port.raw()) {
      raw.send("*10\r\n");
      for (int i = 0; i < 5; i++) {
        raw.send("$60000\r\n" + "a".repeat(60_000) + "\r\n");
      }
      assertThat(raw.receiveAll()).startsWith("-ERR Protocol error: invalid bulk length");
    }
  }

  @Test
  void shouldHardlyReadAnythingOfClientsItDoesNotKnow() throws IOException {
    try (ControlPort closed =
        ControlPort.open(new PasswordAuthenticator("sesame"), ControlPort.LIMITS)) {
      for (String large : List.of("*11\r\n", "*1\r\n$5000\r\n", "a".repeat(20_000))) {
        try (RawClient raw = closed.raw()) {
          assertThat(raw.send(large).receiveAll()).startsWith("-ERR Protocol error: ");
        }
        try (RawClient raw = closed.raw()) {
          raw.send(
              "AUTH sesame\r\n" + (large.startsWith("a") ? large + "\r\n" : PING) + "QUIT\r\n");
          assertThat(raw.receiveAll()).startsWith("+OK").doesNotContain("Protocol error");
        }
      }
    }
  }

  @Test
  void shouldHangUpOnBrowsers() throws IOException {
    try (RawClient raw = port.raw()) {
      raw.send("POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nPEER ADD evil 1\r\n");
      assertThat(raw.receiveAll()).isEmpty();
    }
    try (RawClient raw = port.raw()) {
      raw.send("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\nPEER ADD evil 1\r\n");
      assertThat(raw.receiveAll()).doesNotContain("+OK");
    }
    assertThat(port.agent().peers()).isEmpty();
  }

  @Test
  void shouldUnderstandRequestsThatArriveInPieces() throws IOException {
    byte[] request = "*2\r\n$4\r\nECHO\r\n$5\r\nhello\r\n".getBytes(StandardCharsets.US_ASCII);
    try (RawClient raw = port.raw()) {
      for (int cut = 1; cut < request.length; cut++) {
        raw.send(Arrays.copyOfRange(request, 0, cut));
        raw.send(Arrays.copyOfRange(request, cut, request.length));
        assertThat(raw.receive(11)).isEqualTo("$5\r\nhello\r\n");
      }
    }
  }

  @Test
  void shouldSurviveRandomDamage() throws IOException {
    Seed seed = Seed.next();
    Random random = seed.random();
    for (int i = 0; i < 300; i++) {
      try (RawClient raw = port.raw()) {
        raw.send(damaged(random));
        raw.socket().shutdownOutput();
        raw.receiveAll();
      } catch (SocketException e) {
        assertThat(e).as("closed while sending, seed %s", seed).isNotNull();
      }
    }
    try (RawClient raw = port.raw()) {
      assertThat(raw.send(PING).receive(7)).as("seed %s", seed).isEqualTo("+PONG\r\n");
    }
    assertThat(port.agent().shutdown.getCount()).as("seed %s", seed).isEqualTo(1);
  }

  /** Some good requests, with a few bytes changed, dropped or doubled. */
  private static byte[] damaged(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(5); i >= 0; i--) {
      text.append(PING).append("*2\r\n$4\r\nECHO\r\n$3\r\nabc\r\n").append("INFO server\r\n");
    }
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      int at = random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.setCharAt(at, (char) random.nextInt(256));
        case 1 -> text.deleteCharAt(at);
        case 2 -> text.insert(at, LETTERS.charAt(random.nextInt(LETTERS.length())));
        default -> text.insert(at, text.substring(at, Math.min(text.length(), at + 9)));
      }
    }
    return text.toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String unescape(String text) {
    return text.replace("\\r", "\r").replace("\\n", "\n");
  }
}
