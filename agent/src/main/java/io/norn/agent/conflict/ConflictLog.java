package io.norn.agent.conflict;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The latest decisions, and how many there were by rule. May be used by any thread. */
public final class ConflictLog {
  private final int max;
  private final Deque<Conflict> latest = new ArrayDeque<>();
  private final Map<Rule, Long> counts = new EnumMap<>(Rule.class);

  /**
   * Empty.
   *
   * @param max how many are kept
   */
  public ConflictLog(int max) {
    this.max = max;
  }

  /** Takes one; the oldest goes when there is no room. */
  public synchronized void add(Conflict conflict) {
    counts.merge(conflict.rule(), 1L, Long::sum);
    latest.addLast(conflict);
    if (latest.size() > max) {
      latest.removeFirst();
    }
  }

  /** The newest ones, the newest first. */
  public synchronized List<Conflict> latest(int count) {
    List<Conflict> newestFirst = new ArrayList<>(latest);
    Collections.reverse(newestFirst);
    return List.copyOf(newestFirst.subList(0, Math.min(count, newestFirst.size())));
  }

  /** Counters by name: the sum, then each rule. */
  public synchronized Map<String, Long> counters() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("conflicts", counts.values().stream().mapToLong(Long::longValue).sum());
    for (Rule rule : Rule.values()) {
      counters.put(rule.counter(), counts.getOrDefault(rule, 0L));
    }
    return counters;
  }
}
