package io.norn.agent.link;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AckRequestsTest {
  private static final String REQUEST = "*3\r\n$8\r\nREPLCONF\r\n$6\r\nGETACK\r\n$1\r\n*\r\n";

  @Test
  void shouldFindARequestHoweverItIsSplit() {
    for (int cut = 0; cut <= REQUEST.length(); cut++) {
      AckRequests requests = new AckRequests();
      boolean first = isIn(requests, "*1\r\n$4\r\nPING\r\nGETGGE" + REQUEST.substring(0, cut));
      boolean second = isIn(requests, REQUEST.substring(cut));
      assertThat(first ^ second).as("cut at %d", cut).isTrue();
    }
  }

  @Test
  void shouldFindItBehindTheBeginningOfOne() {
    assertThat(isIn(new AckRequests(), "GETAGETACK")).isTrue();
    assertThat(isIn(new AckRequests(), "GGETACGETAC GETACK")).isTrue();
  }

  @Test
  void shouldFindItWhereverItStands() {
    for (int before = 0; before < 20; before++) {
      for (int behind = 0; behind < 20; behind++) {
        String data = "x".repeat(before) + "K".repeat(before % 7) + "GETACK" + "T".repeat(behind);
        assertThat(isIn(new AckRequests(), data)).as(data).isTrue();
        assertThat(isIn(new AckRequests(), data.replace('C', 'x'))).as(data).isFalse();
      }
    }
  }

  @Test
  void shouldFindNothingElse() {
    assertThat(isIn(new AckRequests(), "*2\r\n$3\r\nGET\r\n$3\r\nACK\r\n")).isFalse();
  }

  private static boolean isIn(AckRequests requests, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return requests.isIn(bytes, bytes.length);
  }
}
