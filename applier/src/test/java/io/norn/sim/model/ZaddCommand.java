package io.norn.sim.model;

import java.util.HashSet;
import java.util.Set;

/** ZADD with all its options. */
final class ZaddCommand {
  private static final Set<String> OPTIONS = Set.of("NX", "XX", "GT", "LT", "CH", "INCR");

  private final Call call;
  private final Set<String> flags = new HashSet<>();
  private final int firstPair;
  private long added;
  private long updated;

  private ZaddCommand(Call call) {
    this.call = call;
    int index = 2;
    while (index < call.size() && OPTIONS.contains(call.option(index))) {
      flags.add(call.option(index++));
    }
    this.firstPair = index;
    check();
  }

  static Object run(Call call) {
    return new ZaddCommand(call).run();
  }

  private void check() {
    int words = call.size() - firstPair;
    if (words == 0 || words % 2 != 0) {
      throw CommandFailure.syntax();
    }
    boolean isContradictory =
        flags.containsAll(Set.of("NX", "XX"))
            || flags.containsAll(Set.of("GT", "LT"))
            || (flags.contains("NX") && (flags.contains("GT") || flags.contains("LT")));
    if (isContradictory) {
      throw new CommandFailure("ERR GT, LT, and/or NX options at the same time are not compatible");
    }
    if (flags.contains("INCR") && words > 2) {
      throw new CommandFailure("ERR INCR option supports a single increment-element pair");
    }
    for (int i = firstPair; i < call.size(); i += 2) {
      call.decimal(i);
    }
  }

  private Object run() {
    SortedSetValue set = SortedSetCommands.read(call);
    Double last = null;
    for (int i = firstPair; i < call.size(); i += 2) {
      last = apply(set, call.word(i + 1), call.decimal(i));
    }
    if (added + updated > 0) {
      SortedSetCommands.changed(call, set);
    }
    if (flags.contains("INCR")) {
      return last == null ? null : Text.bytes(Text.number(last));
    }
    return flags.contains("CH") ? added + updated : added;
  }

  /** The score after it, null when an option forbade it. */
  private Double apply(SortedSetValue set, String member, double argument) {
    Double old = set.scores().get(member);
    if (flags.contains(old == null ? "XX" : "NX")) {
      return null;
    }
    double score = flags.contains("INCR") && old != null ? old + argument : argument;
    if (old != null && isWorse(score, old)) {
      return null;
    }
    if (old == null || old != score) {
      set.scores().put(member, score);
      added += old == null ? 1 : 0;
      updated += old == null ? 0 : 1;
    }
    return score;
  }

  private boolean isWorse(double score, double old) {
    return (flags.contains("GT") && score <= old) || (flags.contains("LT") && score >= old);
  }
}
