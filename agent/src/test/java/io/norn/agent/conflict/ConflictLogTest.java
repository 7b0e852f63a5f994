package io.norn.agent.conflict;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.ValueType;
import io.norn.contest.Contest;
import io.norn.contest.Contests;
import io.norn.contest.Rule;
import io.norn.stream.Text;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ConflictLogTest {
  private final ConflictLog log = new ConflictLog(3);

  private static Contest contest(String key, Rule rule) {
    Contest.Side side = new Contest.Side(new Stamp(1, new StreamId("a", "s"), 1), "SET k v");
    return new Contest(rule, DbKey.of(0, Text.bytes(key)), ValueType.HASH, side, side);
  }

  private List<String> keys(int count) {
    return log.latest(count).stream().map(Conflict::key).toList();
  }

  @Test
  void shouldKeepTheNewestFirstAndNoMoreThanItsLimit() {
    for (String key : List.of("a", "b", "c", "d")) {
      log.add(Contests.of(contest(key, Rule.SKIPPED)));
    }
    assertThat(keys(10)).containsExactly("d", "c", "b");
    assertThat(keys(1)).containsExactly("d");
  }

  @Test
  void shouldCountByRuleAndTypeWhatIsNotKept() {
    Contests batch = new Contests();
    for (int i = 0; i < 100; i++) {
      batch.add(contest("k", Rule.REDONE));
    }
    log.add(batch);
    log.add(Contests.of(contest("k", Rule.SKIPPED)));
    assertThat(log.counters())
        .containsEntry("conflicts", 101L)
        .containsEntry("redone", 100L)
        .containsEntry("skipped", 1L)
        .containsEntry("by_state", 0L)
        .containsEntry("type_hash", 101L)
        .containsEntry("type_string", 0L);
    assertThat(batch.kept()).hasSizeLessThan(50);
  }

  @Test
  void shouldCutWhatIsLong() {
    log.add(Contests.of(contest("k".repeat(5000), Rule.SKIPPED)));
    assertThat(keys(1).get(0)).hasSizeLessThan(100).endsWith("…");
  }
}
