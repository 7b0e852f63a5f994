package io.norn.agent.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerError;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplyPatternTest {

  @ParameterizedTest
  @CsvSource({
    "OK, OK",
    "7, 7",
    "~50, 48",
    "~50, 52",
    "a|b, b",
    "*, whatever",
    "3.1, 3.1000000000000001",
    "'\"a b\\x00\"', 'a b\u0000'"
  })
  void shouldMatchText(String pattern, String reply) {
    assertThat(parse(pattern).matches(reply)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({"OK, KO", "~50, 47", "~50, 53", "~50, x", "a|b, c", "nil, nil", "3.1, 3.2", "!E, E"})
  void shouldNotMatchOtherText(String pattern, String reply) {
    assertThat(parse(pattern).matches(reply)).isFalse();
  }

  @Test
  void shouldMatchArraysInOrderOrNot() {
    assertThat(parse("[a [b nil] ~5]").matches(reply("a", Arrays.asList("b", null), "6"))).isTrue();
    assertThat(parse("[a b]").matches(reply("b", "a"))).isFalse();
    assertThat(parse("[a]").matches(reply("a", "b"))).isFalse();
    assertThat(parse("{a b b}").matches(reply("b", "a", "b"))).isTrue();
    assertThat(parse("{a b b}").matches(reply("b", "a", "a"))).isFalse();
    assertThat(parse("{[a 1] [b 2]}").matches(reply(reply("b", "2"), reply("a", "1")))).isTrue();
    assertThat(parse("[]").matches(reply())).isTrue();
    assertThat(parse("[]").matches(null)).isFalse();
    assertThat(parse("nil").matches(null)).isTrue();
  }

  /** Otherwise values of two fields could be swapped. */
  @Test
  void shouldKeepFieldsWithTheirValues() {
    ReplyPattern pairs = ReplyParser.parse("{f 1 g 2}", 2);
    assertThat(pairs.matches(reply("g", "2", "f", "1"))).isTrue();
    assertThat(pairs.matches(reply("g", "1", "f", "2"))).isFalse();
  }

  @Test
  void shouldMatchErrorsByTheirCode() {
    Object error = ReplyText.of(new ServerError("WRONGTYPE Operation against"));
    assertThat(parse("!WRONGTYPE").matches(error)).isTrue();
    assertThat(parse("!ERR").matches(error)).isFalse();
    assertThat(parse("*").matches(error)).isTrue();
  }

  @Test
  void shouldShowRepliesAsScenariosWriteThem() {
    byte[] binary = {0, 'a', (byte) 0xff};
    Object reply = ReplyText.of(Arrays.asList(binary, 5L, null, List.of(), new byte[0]));
    String shown = ReplyText.show(reply);
    assertThat(shown).isEqualTo("[\"\\x00a\\xff\" 5 nil [] \"\"]");
    assertThat(parse(shown).matches(reply)).isTrue();
  }

  private static ReplyPattern parse(String text) {
    return ReplyParser.parse(text, 1);
  }

  private static List<Object> reply(Object... items) {
    return Arrays.asList(items);
  }
}
