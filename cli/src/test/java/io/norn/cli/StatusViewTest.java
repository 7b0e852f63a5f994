package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatusViewTest {
  private static final long NOW = 1_700_000_000_000L;

  @Test
  void shouldAlignTheValuesOfAllSections() {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    sections.put("Server", Map.of("node_id", "a"));
    sections.put("Peer0", Map.of("link", "up"));

    assertThat(StatusView.render(sections, NOW)).isEqualTo("Server  node id a\nPeer0   link up\n");
  }

  @Test
  void shouldNotRepeatTheNameOfTheSection() {
    assertThat(StatusView.render(Map.of("Window", Map.of("window_keys", "3")), NOW))
        .isEqualTo("Window  keys 3\n");
  }

  @Test
  void shouldLeaveOutWhatIsEmpty() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("link", "up");
    values.put("last_error", "");
    values.put("lag_bytes", "-1");
    values.put("state", "streaming");

    assertThat(StatusView.render(Map.of("Peer0", values), NOW))
        .isEqualTo("Peer0  link up   state streaming\n");
  }

  @ParameterizedTest
  @CsvSource({
    "lag_millis, 340, lag 340 ms",
    "lag_millis, 2500, lag 2.5 s",
    "lag_millis, 59000, lag 59 s",
    "lag_millis, 12000000, lag 3 h 20 min",
    "clock_ahead_millis, -12, clock ahead -12 ms",
    "lag_bytes, 17, lag 17 B",
    "journal_bytes, 1258291, journal 1.2 MB",
    "journal_bytes, 64424509440, journal 60 GB",
    "since_millis, 1699999997500, for 2.5 s",
    "offset, 64424509440, offset 64424509440",
    "received_bytes_per_second, 2048.0, received 2.0 KB/s",
    "applied_units_per_second, 3.5, applied units 3.5/s",
    "last_problem_at_millis, 1699999997500, last problem 2.5 s ago"
  })
  void shouldShowNumbersInReadableUnits(String name, String value, String expected) {
    assertThat(StatusView.render(Map.of("Peer0", Map.of(name, value)), NOW))
        .isEqualTo("Peer0  " + expected + "\n");
  }

  @Test
  void shouldBreakLongLines() {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      values.put("name" + i, "a value of some length");
    }

    assertThat(StatusView.render(Map.of("Peer0", values), NOW).lines())
        .hasSizeGreaterThan(3)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }
}
