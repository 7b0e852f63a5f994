package io.norn.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the commands print of the agent's answers. */
final class ViewsTest {
  private static Map<?, ?> object(String json) {
    return (Map<?, ?>) JsonText.parse(json.replace('\'', '"'));
  }

  @Test
  void shouldShowDecisionsWithBothSides() {
    Map<?, ?> answer =
        object(
            "{'counters':{'conflicts':1,'skipped':1,'by_state':0,'type_string':1},'latest':[{'at_millis':1000,'db':3,"
                + "'key':'cart:7','rule':'skipped','winner':{'node':'b','hlc_micros':900000,'offset':1,'command':'SET"
                + " cart:7 x'},'loser':{'node':'a','hlc_micros':800000,'offset':1,'command':'DEL"
                + " cart:7'}}]}");
    assertThat(ConflictsCommand.lines(answer, ZoneOffset.UTC))
        .containsExactly(
            "00:00:01.000  skipped  cart:7 (db 3)",
            "  won   b at 00:00:00.900  SET cart:7 x",
            "  lost  a at 00:00:00.800  DEL cart:7",
            "conflicts 1   skipped 1   type-string 1");
  }

  @Test
  void shouldShowFindingsWithTheirRemedies() {
    Values error =
        new Values(
            Map.of(
                "severity",
                "error",
                "where",
                "10.0.0.3:6379",
                "problem",
                "is ill",
                "remedy",
                "rest"));
    assertThat(DoctorCommand.lines(List.of(error)))
        .containsExactly("ERROR  10.0.0.3:6379: is ill", "    rest", "1 to mend");
    assertThat(DoctorCommand.lines(List.of())).containsExactly("nothing is wrong");
  }

  @Test
  void shouldShowWhatEachNodeHoldsOfADifferingKey() {
    Map<?, ?> difference =
        object(
            "{'db':0,'key':'k\\u001b','what':'value','nodes':["
                + "{'node':'a','type':'string','digest':'12ab','expires_at_millis':-1},"
                + "{'node':'b','type':'none','digest':'','expires_at_millis':5}]}");
    assertThat(VerifyCommand.lines(difference))
        .containsExactly("k?: value differs", "  a  string 12ab", "  b  none  expires at 5");
  }

  @Test
  void shouldSumUpAComparison() {
    Values equal =
        new Values(
            Map.of(
                "keys",
                "6",
                "elapsed_millis",
                "2500",
                "different",
                "0",
                "unsettled",
                "2",
                "repaired",
                "0"));
    assertThat(VerifyCommand.summary(equal))
        .isEqualTo(
            "6 keys on all nodes compared in 2.5 s: all equal; 2 were written to whenever they"
                + " were looked at");
    Values mended =
        new Values(
            Map.of(
                "keys",
                "6",
                "elapsed_millis",
                "10",
                "different",
                "3",
                "unsettled",
                "0",
                "repaired",
                "3"));
    assertThat(VerifyCommand.summary(mended)).endsWith("3 different, 3 repaired");
  }

  @Test
  void shouldCutTablesToTheWidth() {
    List<String> lines =
        new TextTable("NAME", "SIZE").row("x".repeat(100), "12 MB").row("y", "1 B").lines(40);
    assertThat(lines).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(40));
    assertThat(lines.get(1)).contains("…").endsWith("12 MB");
  }
}
