package io.norn.contest;

import io.norn.command.ValueType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The contests of one batch: all are counted, the first ones are kept. */
public final class Contests {
  /** For batches without any, which is most of them. Never added to. */
  public static final Contests NONE = new Contests();

  private static final int MAX_KEPT = 32;

  private final List<Contest> kept = new ArrayList<>(1);
  private final Map<Rule, Map<ValueType, Long>> counts = new EnumMap<>(Rule.class);

  /** Is told what was counted. */
  public interface Visitor {
    void count(Rule rule, ValueType type, long count);
  }

  /** True if the next one will only be counted. */
  boolean isFull() {
    return kept.size() >= MAX_KEPT;
  }

  /** Counts one of which the details are not wanted. */
  void count(Rule rule, ValueType type) {
    counts.computeIfAbsent(rule, r -> new EnumMap<>(ValueType.class)).merge(type, 1L, Long::sum);
  }

  /** Counts one, and keeps it as long as there is room. */
  public void add(Contest contest) {
    count(contest.rule(), contest.type());
    if (!isFull()) {
      kept.add(contest);
    }
  }

  /** Only this one. */
  public static Contests of(Contest contest) {
    Contests contests = new Contests();
    contests.add(contest);
    return contests;
  }

  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** The first ones, in the order in which they were decided. */
  public List<Contest> kept() {
    return kept;
  }

  /** Tells the number of each rule and type of which there was any. */
  public void eachCount(Visitor visitor) {
    counts.forEach(
        (rule, byType) -> byType.forEach((type, count) -> visitor.count(rule, type, count)));
  }
}
