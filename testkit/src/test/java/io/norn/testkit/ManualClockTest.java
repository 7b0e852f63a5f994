package io.norn.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ManualClockTest {
  private final ManualClock clock = new ManualClock(5_000_000);

  @Test
  void shouldMoveBothTimesWhenTimePasses() {
    clock.advance(Duration.ofMillis(2));
    assertThat(clock.micros()).isEqualTo(5_002_000);
    assertThat(clock.millis()).isEqualTo(5_002);
    assertThat(clock.nanoTime()).isEqualTo(2_000_000);
  }

  @Test
  void shouldMoveTheWallClockAloneWhenItJumps() {
    clock.jump(Duration.ofSeconds(-3));
    assertThat(clock.micros()).isEqualTo(2_000_000);
    assertThat(clock.nanoTime()).isZero();
  }

  @Test
  void shouldRefuseTimeThatPassesBackwards() {
    assertThatThrownBy(() -> clock.advance(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
