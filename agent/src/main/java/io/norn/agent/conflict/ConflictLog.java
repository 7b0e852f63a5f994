package io.norn.agent.conflict;

import io.norn.command.ValueType;
import io.norn.contest.Contest;
import io.norn.contest.Contests;
import io.norn.contest.Rule;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The latest decisions, and how many there were by rule and by type. May be used by any thread. */
public final class ConflictLog {
  /** In front of the name of a type, as a counter. */
  public static final String TYPE_PREFIX = "type_";

  private final int max;
  private final Deque<Conflict> latest = new ArrayDeque<>();
  private final Map<Rule, Long> byRule = new EnumMap<>(Rule.class);
  private final Map<ValueType, Long> byType = new EnumMap<>(ValueType.class);

  /**
   * Empty.
   *
   * @param max how many are kept
   */
  public ConflictLog(int max) {
    this.max = max;
  }

  /** Takes those of one batch, which was executed just now. */
  public void add(Contests contests) {
    add(contests, System.currentTimeMillis());
  }

  /** The oldest go when there is no room. */
  synchronized void add(Contests contests, long atMillis) {
    contests.eachCount(
        (rule, type, count) -> {
          byRule.merge(rule, count, Long::sum);
          byType.merge(type, count, Long::sum);
        });
    for (Contest contest : contests.kept()) {
      latest.addLast(Conflict.of(atMillis, contest));
      if (latest.size() > max) {
        latest.removeFirst();
      }
    }
  }

  /** The newest ones, the newest first. */
  public synchronized List<Conflict> latest(int count) {
    List<Conflict> newestFirst = new ArrayList<>(latest);
    Collections.reverse(newestFirst);
    return List.copyOf(newestFirst.subList(0, Math.min(count, newestFirst.size())));
  }

  /** Counters by name: the sum, then each rule, then each type. */
  public synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("conflicts", byRule.values().stream().mapToLong(Long::longValue).sum());
    for (Rule rule : Rule.values()) {
      counters.put(rule.counter(), byRule.getOrDefault(rule, 0L));
    }
    for (ValueType type : ValueType.values()) {
      counters.put(TYPE_PREFIX + Contest.counter(type), byType.getOrDefault(type, 0L));
    }
    return counters;
  }
}
