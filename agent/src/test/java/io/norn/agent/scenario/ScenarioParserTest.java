package io.norn.agent.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioParserTest {

  @Test
  void shouldReadEveryKindOfLine() {
    List<Scenario> scenarios =
        parse(
            "# where it comes from",
            "# more",
            "== A-1 the title",
            "nodes 3",
            "policy ttl longest",
            "needs HPEXPIRE",
            "1/2: SET k \"a b\"",
            "3: GET k => nil",
            "wait 10",
            "sync 1 3",
            "sync",
            "all: GET k => a|b",
            "same: GET k",
            "",
            "== A-2 another",
            "may-differ",
            "2: PING");
    assertThat(scenarios).hasSize(2);
    Scenario first = scenarios.get(0);
    assertThat(first).hasToString("A-1 the title");
    assertThat(first.place()).hasToString("x.scn:3");
    assertThat(first.source()).isEqualTo("where it comes from");
    assertThat(first.nodes()).isEqualTo(3);
    assertThat(first.policies()).containsExactly("--ttl-policy", "longest");
    assertThat(first.needs()).containsExactly("HPEXPIRE");
    assertThat(first.steps()).hasSize(7);
    assertThat(((Step.Run) first.steps().get(0)).command())
        .isEqualTo(new Step.Command(2, List.of("SET", "k", "a b")));
    assertThat(((Step.Run) first.steps().get(1)).expected()).isPresent();
    assertThat(((Step.Sync) first.steps().get(3)).among()).isEqualTo(Set.of(1, 3));
    assertThat(((Step.Sync) first.steps().get(4)).among()).isEqualTo(Set.of(1, 2, 3));
    assertThat(scenarios.get(1).end()).isEqualTo(Scenario.End.MAY_DIFFER);
    assertThat(scenarios.get(1).nodes()).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "3: GET k; there is no node 3, only 1 to 2",
        "all: GET k; 'all:' needs '=> REPLY' at the end",
        "same: GET k => v; 'same:' takes no reply: use 'all:'",
        "sink; 'sink' is not known",
        "sync 1; 'sync' alone, or with two nodes or more",
        "nodes 9; 2 to 5 nodes, before the first step",
        "wait; one value is needed, there are 0",
        "1: SET k \"a; a quote is not closed",
        "1: GET k => a b; 'b' is too much: quote a reply with blanks",
        "1: GET k => [a; ']' is missing",
        "1: HGETALL k => {a b c}; 3 items, not a multiple of 2",
        "== X-1; write '== ID title'"
      })
  void shouldNameFileLineAndWhatIsWrong(String line, String message) {
    assertThatThrownBy(() -> parse("== A-1 title", line))
        .isInstanceOf(ScenarioSyntaxException.class)
        .hasMessageStartingWith("x.scn:2: ")
        .hasMessageContaining(message);
  }

  @Test
  void shouldRefuseWhatBelongsToNoScenario() {
    assertThatThrownBy(() -> parse("1: PING")).hasMessageContaining("must come first");
    assertThatThrownBy(() -> parse("== A-1 empty", "", "== A-2 other", "1: PING"))
        .hasMessageContaining("x.scn:1: A-1 has no steps");
  }

  @Test
  void shouldReadAllFilesOfTheProject() {
    assertThat(ScenarioFiles.all()).hasSizeGreaterThan(90);
    assertThat(KnownFailures.read().unknown(ScenarioFiles.all())).isEmpty();
  }

  private static List<Scenario> parse(String... lines) {
    return ScenarioParser.parse("x.scn", List.of(lines));
  }
}
