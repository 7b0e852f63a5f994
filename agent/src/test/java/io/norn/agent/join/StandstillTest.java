package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.StreamId;
import io.norn.stream.Progress;
import io.norn.stream.VersionVector;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StandstillTest {
  private static final StreamId A = new StreamId("a", "1");
  private static final StreamId B = new StreamId("b", "1");

  private final Standstill standstill = new Standstill(100);

  @Test
  void shouldWaitWhileTheStreamMoves() {
    for (int i = 0; i < 10; i++) {
      assertThat(standstill.isIn(Set.of(A), reached(i, 0), 99L * i)).isFalse();
    }
    assertThat(standstill.isIn(Set.of(A), reached(9, 0), 99L * 9 + 99)).isFalse();
    assertThat(standstill.isIn(Set.of(A), reached(9, 0), 99L * 9 + 100)).isTrue();
  }

  @Test
  void shouldNotWaitForOneBecauseAnotherMoves() {
    assertThat(standstill.isIn(Set.of(A, B), reached(5, 0), 0)).isFalse();
    assertThat(standstill.isIn(Set.of(A), reached(5, 1), 50)).isFalse();
    assertThat(standstill.isIn(Set.of(A, B), reached(5, 2), 100)).isTrue();
  }

  @Test
  void shouldCountFromWhenSomethingWasMissed() {
    assertThat(standstill.isIn(Set.of(A), reached(5, 0), 0)).isFalse();
    assertThat(standstill.isIn(Set.of(), reached(5, 0), 500)).isFalse();
    assertThat(standstill.isIn(Set.of(A), reached(5, 0), 1000)).isFalse();
    assertThat(standstill.isIn(Set.of(A), VersionVector.EMPTY, 1099)).isFalse();
    assertThat(standstill.isIn(Set.of(A), VersionVector.EMPTY, 1199)).isTrue();
  }

  private static VersionVector reached(long a, long b) {
    return VersionVector.of(Map.of(A, new Progress(a, 0, 0, 1), B, new Progress(b, 0, 0, 1)));
  }
}
