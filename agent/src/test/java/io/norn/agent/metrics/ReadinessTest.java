package io.norn.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReadinessTest {
  private static final Map<String, String> UP = Map.of("link", "up");

  @ParameterizedTest
  @CsvSource({
    "up,   streaming,              10000, true",
    "up,   streaming,              10001, false",
    "up,   merging,                0,     false",
    "down, waiting-for-peer-merge, 0,     false",
    "down, waiting-for-agent,      0,     true",
    "down, broken,                 99999, true",
    "down, paused,                 99999, true"
  })
  void shouldDependOnWhatOfAPeerIsHereAndNotOnThePeer(
      String link, String state, String lag, boolean isReady) {
    Map<String, String> peer =
        Map.of("address", "10.0.0.3:6379", "link", link, "state", state, "lag_millis", lag);
    List<String> obstacles =
        Readiness.obstacles(Map.of("Local", UP, "Apply", Map.of(), "Peer0", peer), 10_000);
    assertThat(obstacles).hasSize(isReady ? 0 : 1);
  }

  @Test
  void shouldNotBeReadyWithoutTheOwnServer() {
    assertThat(Readiness.obstacles(Map.of("Local", Map.of("link", "down", "detail", "why")), 1))
        .containsExactly("local server: why");
  }

  @Test
  void shouldNotBeReadyWhileNothingCanBeApplied() {
    assertThat(
            Readiness.obstacles(Map.of("Local", UP, "Apply", Map.of("apply_obstacle", "OOM")), 1))
        .containsExactly("applying waits: OOM");
  }
}
