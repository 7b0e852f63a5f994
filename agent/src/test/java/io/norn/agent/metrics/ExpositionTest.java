package io.norn.agent.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ExpositionTest {
  private static final Map<String, String> PEER =
      Map.of(
          "address", "10.0.0.3:6379",
          "node_id", "b",
          "link", "up",
          "state", "streaming",
          "lag_millis", "1500",
          "heartbeat_age_millis", "-1",
          "received_bytes", "42");

  @Test
  void shouldSpeakOfPeersByAddressAndNode() {
    assertThat(lines(Map.of("Peer0", PEER)))
        .contains(
            "norn_peer_lag_seconds{peer=\"10.0.0.3:6379\",peer_node=\"b\"} 1.5",
            "norn_peer_received_bytes_total{peer=\"10.0.0.3:6379\",peer_node=\"b\"} 42.0",
            "norn_peer_up{peer=\"10.0.0.3:6379\",peer_node=\"b\"} 1.0");
  }

  @Test
  void shouldShowOneStateOfEachLink() {
    List<String> states =
        lines(Map.of("Peer0", PEER)).stream()
            .filter(line -> line.startsWith("norn_peer_state"))
            .toList();
    assertThat(states).hasSizeGreaterThan(5);
    assertThat(states)
        .filteredOn(line -> line.endsWith(" 1.0"))
        .singleElement()
        .asString()
        .contains("state=\"streaming\"");
  }

  @Test
  void shouldLeaveOutWhatIsUnknown() {
    assertThat(lines(Map.of("Peer0", PEER)))
        .noneMatch(line -> line.startsWith("norn_peer_heartbeat_age_seconds{"));
  }

  @Test
  void shouldQuoteWhatLabelsHold() {
    assertThat(lines(Map.of("Node", Map.of("node_id", "a\"b\\c\nd"))))
        .anyMatch(line -> line.contains("node_id=\"a\\\"b\\\\c\\nd\""));
  }

  @Test
  void shouldWorkWithoutANode() {
    assertThat(lines(Map.of())).contains("norn_local_up 0.0", "norn_apply_blocked 0.0");
  }

  private static List<String> lines(Map<String, Map<String, String>> status) {
    return new String(Exposition.of(status, "1"), StandardCharsets.UTF_8).lines().toList();
  }
}
