package io.norn.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SeedTest {
  @Test
  void shouldRepeatTheSameNumbersForTheSameSeed() {
    assertThat(new Seed(7).random().nextLong()).isEqualTo(new Seed(7).random().nextLong());
    assertThat(new Seed(7).random(1).nextLong()).isEqualTo(new Seed(7).random(1).nextLong());
  }

  @Test
  void shouldGiveEachStreamOtherNumbers() {
    Seed seed = new Seed(7);
    assertThat(seed.random(0).nextLong()).isNotEqualTo(seed.random().nextLong());
    assertThat(seed.random(0).nextLong()).isNotEqualTo(seed.random(1).nextLong());
  }

  @Test
  void shouldTakeTheSeedFromTheSystemProperty() {
    String before = System.getProperty("seed");
    System.setProperty("seed", "-12");
    try {
      assertThat(Seed.next()).isEqualTo(new Seed(-12)).hasToString("-12");
    } finally {
      if (before == null) {
        System.clearProperty("seed");
      } else {
        System.setProperty("seed", before);
      }
    }
  }
}
