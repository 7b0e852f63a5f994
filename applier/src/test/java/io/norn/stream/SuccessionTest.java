package io.norn.stream;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SuccessionTest {
  private static final Succession FIRST = new Succession("a", 10, "b", 10, 30, 7);
  private static final Succession SECOND = new Succession("b", 20, "c.5", 5, 20, 9);
  private static final List<Succession> BOTH = List.of(FIRST, SECOND);

  @Test
  void shouldReadWhatItWrote() {
    assertThat(Succession.decode(Succession.encode(BOTH))).isEqualTo(BOTH);
    assertThat(Succession.decode(Succession.encode(List.of()))).isEmpty();
  }

  @Test
  void shouldPassOverWhatIsNone() {
    for (String wrong :
        List.of(
            "",
            "x",
            "a 10 b 10 30",
            "a 10 b 10 x 7",
            "a -1 b 10 30 7",
            "a 40 b 10 30 7",
            "a 10 a 10 30 7",
            "a 10 b 10 30 0",
            "a 10 b 10 30 " + Long.MAX_VALUE)) {
      assertThat(Succession.decode(wrong)).as(wrong).isEmpty();
    }
  }

  @Test
  void shouldFollowOneToTheNext() {
    assertThat(Succession.isConnected("a", "c.5", BOTH)).isTrue();
    assertThat(Succession.isConnected("a", "a", BOTH)).isTrue();
    assertThat(Succession.isConnected("b", "a", BOTH)).isFalse();
    assertThat(Succession.isConnected("a", "d", BOTH)).isFalse();
    assertThat(Succession.after("b", BOTH)).isEqualTo(SECOND);
    assertThat(Succession.after("c.5", BOTH)).isNull();
  }

  @Test
  void shouldNotGoRoundForEver() {
    List<Succession> round = List.of(FIRST, new Succession("b", 1, "a", 1, 1, 9));
    assertThat(Succession.isConnected("a", "x", round)).isFalse();
  }
}
