package io.norn.apply;

import io.norn.contest.Contests;
import io.norn.merge.OwedField;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What the apply loop did so far, and what keeps it from going on. */
public final class ApplyCounters {
  final LongAdder units = new LongAdder();
  final LongAdder batches = new LongAdder();
  final LongAdder aborted = new LongAdder();
  final LongAdder skipped = new LongAdder();
  final LongAdder verbatim = new LongAdder();
  final LongAdder impossible = new LongAdder();
  final LongAdder failed = new LongAdder();
  final LongAdder published = new LongAdder();
  private final Consumer<Contests> onContests;
  private final Owed owed = new Owed();
  private volatile String obstacle = "";
  private volatile String lastFailure = "";

  ApplyCounters(Consumer<Contests> onContests) {
    this.onContests = onContests;
  }

  /** What was executed has been decided so. */
  void decided(Contests contests) {
    if (!contests.isEmpty()) {
      onContests.accept(contests);
    }
  }

  void count(io.norn.merge.Decision decision) {
    skipped.add(decision.skipped());
    verbatim.add(decision.verbatim());
    impossible.add(decision.impossible());
  }

  void obstacle(String text) {
    obstacle = text;
  }

  void failure(String text) {
    failed.increment();
    lastFailure = text;
  }

  /** What failed and is still missing. */
  public Owed owed() {
    return owed;
  }

  /** What keeps changes from being applied right now; empty if nothing does. */
  public String obstacle() {
    return obstacle;
  }

  /** Names and values in the order in which to show them. */
  public Map<String, String> toMap() {
    Map<String, String> map = new LinkedHashMap<>();
    map.put("applied_units", units.toString());
    map.put("applied_batches", batches.toString());
    map.put("aborted_batches", aborted.toString());
    map.put("dominated_operations", skipped.toString());
    map.put("verbatim_commands", verbatim.toString());
    map.put("impossible_increments", impossible.toString());
    map.put("published_states", published.toString());
    map.put("failed_commands", failed.toString());
    map.put("last_failed_command", lastFailure);
    Collection<OwedField> missing = owed.byNode().values();
    map.put("owed_commands", Long.toString(missing.stream().mapToLong(OwedField::count).sum()));
    map.put("owed", missing.stream().map(OwedField::toString).collect(Collectors.joining("; ")));
    map.put("apply_obstacle", obstacle);
    return map;
  }
}
