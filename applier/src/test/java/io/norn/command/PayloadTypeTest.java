package io.norn.command;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PayloadTypeTest {

  @ParameterizedTest
  @CsvSource({
    "STRING, 0",
    "LIST, 1 10 14 18",
    "SET, 2 11 20",
    "ZSET, 3 5 12 17",
    "HASH, 4 9 13 16 22 24 25",
    "STREAM, 15 19 21",
    "OTHER, 6 7 8 23 99"
  })
  void shouldKnowEveryNumberOfTheServers(ValueType type, String numbers) {
    for (String number : numbers.split(" ", 0)) {
      assertThat(PayloadType.of(new byte[] {Byte.parseByte(number), 0, 0}))
          .as("type %s", number)
          .isEqualTo(type);
    }
  }

  @Test
  void shouldKnowTheTypeOfNoPayload() {
    assertThat(PayloadType.of(new byte[0])).isEqualTo(ValueType.OTHER);
  }

  @ParameterizedTest
  @CsvSource({"string, STRING", "list, LIST", "stream, STREAM", "none, NONE", "hellotype, OTHER"})
  void shouldKnowTheWordsOfTheServers(String word, ValueType type) {
    assertThat(ValueType.ofReply(word)).isEqualTo(type);
  }
}
