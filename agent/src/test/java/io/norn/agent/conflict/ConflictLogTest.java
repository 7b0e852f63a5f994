package io.norn.agent.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConflictLogTest {
  private final ConflictLog log = new ConflictLog(3);

  private static Conflict conflict(String key, Rule rule) {
    Conflict.Side side = new Conflict.Side(new Stamp(1, new StreamId("a", "s"), 1), "SET k v");
    return new Conflict(0, 0, key, rule, side, side);
  }

  private List<String> keys(int count) {
    return log.latest(count).stream().map(Conflict::key).toList();
  }

  @Test
  void shouldKeepTheNewestFirstAndNoMoreThanItsLimit() {
    for (String key : List.of("a", "b", "c", "d")) {
      log.add(conflict(key, Rule.SKIPPED));
    }
    assertThat(keys(10)).containsExactly("d", "c", "b");
    assertThat(keys(1)).containsExactly("d");
  }

  @Test
  void shouldCountByRuleWhatIsNotKeptAnyMore() {
    for (int i = 0; i < 5; i++) {
      log.add(conflict("k", Rule.REDONE));
    }
    log.add(conflict("k", Rule.SKIPPED));
    assertThat(log.counters())
        .containsEntry("conflicts", 6L)
        .containsEntry("redone", 5L)
        .containsEntry("skipped", 1L)
        .containsEntry("by_state", 0L);
  }

  @Test
  void shouldCutWhatIsLong() {
    Conflict conflict = conflict("k".repeat(5000), Rule.SKIPPED);
    assertThat(conflict.key()).hasSizeLessThan(100).endsWith("…");
  }
}
