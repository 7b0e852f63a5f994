package io.norn.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.command.DbKey;
import io.norn.stream.Text;
import org.junit.jupiter.api.Test;

class KeySetTest {
  private static final int MANY = 50_000;

  @Test
  void shouldKnowWhatWasAddedAndNothingElse() {
    KeySet set = new KeySet();
    for (int i = 0; i < MANY; i++) {
      set.add(key(0, i));
      set.add(key(0, i));
    }
    assertThat(set.size()).isEqualTo(MANY);
    for (int i = 0; i < MANY; i++) {
      assertThat(set.contains(key(0, i))).isTrue();
      assertThat(set.contains(key(0, MANY + i))).isFalse();
      assertThat(set.contains(key(1, i))).isFalse();
    }
  }

  private static DbKey key(int db, int number) {
    return DbKey.of(db, Text.bytes("key:" + number));
  }
}
