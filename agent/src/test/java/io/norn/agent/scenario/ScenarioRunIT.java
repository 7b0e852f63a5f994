package io.norn.agent.scenario;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The runner itself: it must see what does not hold. */
class ScenarioRunIT {
  private static final long LIMIT_MILLIS = 10_000;
  private static ScenarioMesh mesh;

  @BeforeAll
  static void start() throws IOException {
    mesh = new ScenarioMesh(ServerBinary.embedded(), 3, List.of());
  }

  @AfterAll
  static void stop() throws IOException {
    mesh.close();
  }

  @Test
  void shouldHoldLinksUntilTheyAreRestored() {
    assertThatCode(
            () ->
                run(
                    "1: SET held v",
                    "wait 300",
                    "2: GET held => nil",
                    "sync 1 2",
                    "2: GET held => v",
                    "3: GET held => nil",
                    "sync",
                    "all: GET held => v"))
        .doesNotThrowAnyException();
  }

  @Test
  void shouldGiveLaterLinesLaterStamps() {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      lines.add((i % 3 + 1) + ": SET order" + i / 6 + " " + i);
    }
    lines.add("sync");
    lines.add("all: MGET order0 order4 order9 => [5 29 59]");
    assertThatCode(() -> run(lines.toArray(String[]::new))).doesNotThrowAnyException();
  }

  @Test
  void shouldSeeWrongReplies() {
    assertThatThrownBy(() -> run("1: INCR wrong => 2"))
        .hasMessage("T-1 at x.scn:3: node 1 answers 1 to INCR wrong");
    assertThatThrownBy(() -> run("1: SET type v", "1: LPUSH type x"))
        .hasMessageContaining("T-1 at x.scn:4: node 1 answers !WRONGTYPE");
    assertThatThrownBy(() -> run("1: SET seen v", "sync", "all: GET seen => w"))
        .hasMessageContaining("the nodes answer v and v and v to GET seen");
  }

  @Test
  void shouldSeeNodesThatDiffer() {
    assertThatThrownBy(() -> run("1: SET apart v", "same: GET apart"))
        .hasMessageContaining("the nodes answer v and nil and nil to GET apart");
  }

  @Test
  void shouldSeeWhatCannotBecomeEqual() throws IOException {
    ScenarioMesh held = new ScenarioMesh(ServerBinary.embedded(), 2, List.of());
    try (held) {
      held.hold();
      held.site(1).run(new Step.Command(0, List.of("SET", "k", "v")));
      Quiet quiet = new Quiet(held, held.everybody(), Scenario.End.EQUAL);
      assertThatThrownBy(() -> quiet.await(300))
          .hasMessageContaining("node 2 waits for node 1")
          .hasMessageContaining("\"k\"");
    }
  }

  private static void run(String... lines) throws IOException {
    List<String> all = new ArrayList<>(List.of("== T-1 a test", "nodes 3"));
    all.addAll(List.of(lines));
    Scenario scenario = ScenarioParser.parse("x.scn", all).get(0);
    new ScenarioRun(scenario, mesh, LIMIT_MILLIS).run();
  }
}
