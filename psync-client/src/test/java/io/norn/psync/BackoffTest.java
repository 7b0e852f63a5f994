package io.norn.psync;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

  @Test
  void shouldDoubleUpToFiveSecondsAndBeginAnewAfterASuccess() {
    Backoff backoff = new Backoff(new SplittableRandom(1));
    int[] ceilings = {100, 200, 400, 800, 1600, 3200, 5000, 5000, 5000};
    for (int ceiling : ceilings) {
      assertThat(backoff.nextMillis()).isBetween(ceiling / 2, ceiling);
    }
    backoff.reset();
    assertThat(backoff.nextMillis()).isBetween(50, 100);
  }

  @Test
  void shouldSpreadTheWaits() {
    long different =
        IntStream.range(0, 100)
            .map(seed -> new Backoff(new SplittableRandom(seed)).nextMillis())
            .distinct()
            .count();
    assertThat(different).isGreaterThan(20);
  }
}
