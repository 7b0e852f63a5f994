package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatusJsonTest {
  @Test
  void shouldKeepSectionsAndValuesInOrder() {
    Map<String, Map<String, String>> status =
        StatusJson.parse("{\"b\":{\"y\":\"1\",\"x\":\"2\"}, \"a\" : { } }");

    assertThat(status.keySet()).containsExactly("b", "a");
    assertThat(status.get("b").keySet()).containsExactly("y", "x");
    assertThat(status.get("a")).isEmpty();
  }

  @Test
  void shouldReadEscapes() {
    assertThat(StatusJson.parse("{\"s\":{\"e\":\"\\\"\\\\\\n\\t\\u00e9/\"}}").get("s").get("e"))
        .isEqualTo("\"\\\n\té/");
  }

  @Test
  void shouldTakeNumbersAndLiteralsAsTheyAreWritten() {
    assertThat(StatusJson.parse("{\"s\":{\"n\":-1.5e3,\"t\":true,\"z\":null}}").get("s"))
        .containsEntry("n", "-1.5e3")
        .containsEntry("t", "true")
        .containsEntry("z", "null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PONG",
        "{",
        "{\"a\":1}",
        "{\"a\":{\"b\":}}",
        "{\"a\":{\"b\":\"c}}",
        "{\"a\":{\"b\":\"\\u12\"}}",
        "{\"a\":{\"b\":\"\\",
        "{} {}"
      })
  void shouldRefuseWhatIsNoStatus(String text) {
    assertThatThrownBy(() -> StatusJson.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not the status of an agent");
  }
}
