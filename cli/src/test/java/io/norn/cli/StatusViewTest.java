package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StatusViewTest {
  @Test
  void shouldAlignTheValuesOfAllSections() {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    sections.put("Server", Map.of("node_id", "a"));
    sections.put("Peer0", Map.of("link", "up"));

    assertThat(StatusView.render(sections)).isEqualTo("Server  node id a\nPeer0   link up\n");
  }

  @Test
  void shouldLeaveOutWhatIsEmpty() {
    Map<String, String> values = new LinkedHashMap<>();
    values.put("link", "up");
    values.put("last_error", "");
    values.put("lag_ms", "1");

    assertThat(StatusView.render(Map.of("Peer0", values))).isEqualTo("Peer0  link up   lag ms 1\n");
  }

  @Test
  void shouldBreakLongLines() {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < 12; i++) {
      values.put("name" + i, "a value of some length");
    }

    assertThat(StatusView.render(Map.of("Peer0", values)).lines())
        .hasSizeGreaterThan(3)
        .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(100));
  }
}
