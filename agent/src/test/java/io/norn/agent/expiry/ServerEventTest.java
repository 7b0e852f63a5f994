package io.norn.agent.expiry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.norn.stream.DeleteCause;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServerEventTest {
  @Test
  void shouldReadEventsOfPatternsAndOfChannels() {
    ServerEvent expired =
        ServerEvent.of(
                message("pmessage", "__keyevent@*__:expired", "__keyevent@3__:expired", "key"))
            .orElseThrow();
    assertThat(expired.db()).isEqualTo(3);
    assertThat(expired.key()).isEqualTo("key".getBytes(UTF_8));
    assertThat(expired.cause()).isEqualTo(DeleteCause.EXPIRED);

    assertThat(ServerEvent.of(message("message", "__keyevent@0__:evicted", "k")))
        .hasValueSatisfying(event -> assertThat(event.cause()).isEqualTo(DeleteCause.EVICTED));
    assertThat(ServerEvent.of(message("message", "__keyevent@0__:hexpired", "k")))
        .hasValueSatisfying(
            event -> assertThat(event.cause()).isEqualTo(DeleteCause.FIELD_EXPIRED));
  }

  @Test
  void shouldPassOverEverythingElse() {
    assertThat(ServerEvent.of(message("message", "__norn", "text"))).isEmpty();
    assertThat(ServerEvent.of(message("message", "__keyevent@0__:del", "k"))).isEmpty();
    assertThat(ServerEvent.of(message("message", "__keyevent@9999999999__:expired", "k")))
        .isEmpty();
    assertThat(ServerEvent.of(message("message", "__keyevent@0__:expired"))).isEmpty();
    assertThat(ServerEvent.of(message("pong"))).isEmpty();
    assertThat(ServerEvent.of(List.of())).isEmpty();
  }

  private static List<Object> message(String... words) {
    List<Object> message = new ArrayList<>();
    for (String word : words) {
      message.add(word.getBytes(UTF_8));
    }
    return message;
  }
}
