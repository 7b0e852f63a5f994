package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class WatchScreenTest {
  private static final long NOW = 1_700_000_000_000L;

  private static Map<String, String> fields(String... pairs) {
    Map<String, String> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put(pairs[i], pairs[i + 1]);
    }
    return fields;
  }

  private static Map<String, Map<String, String>> status() {
    Map<String, Map<String, String>> status = new LinkedHashMap<>();
    status.put("Node", fields("node_id", "eu-west", "local", "127.0.0.1:6379"));
    status.put(
        "Local",
        fields(
            "state",
            "streaming",
            "version",
            "8.0.1",
            "received_commands_per_second",
            "1200.0",
            "received_bytes_per_second",
            "348160.0",
            "journal_bytes",
            "1258291"));
    status.put("Apply", fields("applied_units_per_second", "0.4", "failed_commands", "0"));
    status.put("Window", fields("window_keys", "12", "window_entries", "30"));
    status.put(
        "Peer0",
        fields(
            "address",
            "very-long-name-of-a-host.us-east-1.example.com:6379",
            "node_id",
            "us-east",
            "state",
            "streaming",
            "lag_millis",
            "12",
            "lag_bytes",
            "3482",
            "received_commands_per_second",
            "812.0",
            "received_bytes_per_second",
            "122880.0",
            "clock_ahead_millis",
            "-3"));
    status.put(
        "Peer1",
        fields(
            "address",
            "10.0.0.4:6379",
            "node_id",
            "",
            "state",
            "broken",
            "detail",
            "10.0.0.4:6379: connection refused",
            "lag_millis",
            "-1",
            "lag_bytes",
            "0"));
    status.put(
        "Log",
        fields("last_problem", "disk \u001b[31mfull", "last_problem_at_millis", "1699999880000"));
    status.put("Process", fields("uptime_millis", "12000000"));
    return status;
  }

  private static String picture(int width, int height) {
    return String.join("\n", WatchScreen.lines(status(), width, height, NOW));
  }

  @Test
  void shouldShowWhatAnOperatorLooksAt() {
    assertThat(picture(80, 24))
        .contains("Norn eu-west beside 127.0.0.1:6379", "up 3 h 20 min")
        .contains("1200 commands/s", "340 KB/s", "journal 1.2 MB")
        .contains("0.4 changes/s")
        .contains("us-east  streaming  12 ms  3.4 KB  812   120 KB  -3 ms")
        .contains("connection refused")
        .contains("last problem, 2 min ago");
  }

  @ParameterizedTest
  @CsvSource({"80,24", "40,10", "200,60", "20,3", "1,1"})
  void shouldFitIntoEveryTerminal(int width, int height) {
    List<String> lines = WatchScreen.lines(status(), width, height, NOW);
    assertThat(lines).hasSizeLessThanOrEqualTo(height);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(width));
  }

  @Test
  void shouldCutLongAddressesBeforeNumbers() {
    assertThat(picture(80, 24)).contains("…").contains("-3 ms");
  }

  @Test
  void shouldPassNoCommandsOnToTheTerminal() {
    assertThat(picture(80, 24)).contains("disk ?[31mfull").doesNotContain("\u001b");
  }

  @Test
  void shouldShowAnAgentWithoutANode() {
    Map<String, Map<String, String>> status = new LinkedHashMap<>();
    status.put("Local", fields("state", "connecting", "detail", "waiting for the local server"));
    assertThat(String.join("\n", WatchScreen.lines(status, 80, 24, NOW)))
        .contains("waiting for the local server");
  }

  @Test
  void shouldDrawOverWhatWasThereWithoutScrolling() {
    String frame = LiveScreen.frame(List.of("one", "two"));
    assertThat(frame).isEqualTo("\u001b[Hone\u001b[K\r\ntwo\u001b[K\u001b[J");
  }

  @ParameterizedTest
  @CsvSource({"'24 80\n', 80, 24", "'', 80, 24", "0 0, 80, 24", "50 132, 132, 50", "x, 80, 24"})
  void shouldTakeTheUsualSizeWhereNobodyKnows(String answer, int columns, int rows) {
    assertThat(Terminal.parse(answer)).isEqualTo(new Terminal.Size(columns, rows));
  }
}
