package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sorted sets. */
final class SortedSetCommands {
  private SortedSetCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("ZADD", new Command(-4, ZaddCommand::run));
    table.put("ZINCRBY", new Command(4, SortedSetCommands::increment));
    table.put("ZREM", new Command(-3, SortedSetCommands::remove));
    table.put("ZSCORE", new Command(3, SortedSetCommands::score));
    table.put("ZCARD", new Command(2, call -> (long) read(call).scores().size()));
    table.put("ZPOPMIN", new Command(-2, call -> pop(call, 0)));
    table.put("ZPOPMAX", new Command(-2, call -> pop(call, -1)));
    table.put("ZREMRANGEBYRANK", new Command(4, SortedSetCommands::removeRanks));
    table.put("ZREMRANGEBYSCORE", new Command(4, SortedSetCommands::removeScores));
    table.put("ZRANGE", new Command(-4, SortedSetCommands::range));
  }

  static SortedSetValue read(Call call) {
    SortedSetValue value = call.value(call.word(1), SortedSetValue.class);
    return value == null ? new SortedSetValue() : value;
  }

  /** Stores a new sorted set, or notes the change of one that is there. */
  static void changed(Call call, SortedSetValue set) {
    if (call.find(call.word(1)) == null) {
      call.replace(call.word(1), set);
    } else {
      call.changed(call.word(1));
    }
  }

  private static Object increment(Call call) {
    double by = call.decimal(2);
    SortedSetValue set = read(call);
    String member = call.word(3);
    Double old = set.scores().get(member);
    double sum = (old == null ? 0 : old) + by;
    if (old == null || old != sum) {
      set.scores().put(member, sum);
      changed(call, set);
    }
    return Text.bytes(Text.number(sum));
  }

  private static Object remove(Call call) {
    SortedSetValue set = read(call);
    long removed = 0;
    for (int i = 2; i < call.size(); i++) {
      removed += set.scores().remove(call.word(i)) == null ? 0 : 1;
    }
    if (removed > 0) {
      call.changedOrEmptied(call.word(1), set);
    }
    return removed;
  }

  private static Object score(Call call) {
    Double score = read(call).scores().get(call.word(2));
    return score == null ? null : Text.bytes(Text.number(score));
  }

  private static Object pop(Call call, int rank) {
    long count = call.size() > 2 ? call.integer(2) : 1;
    SortedSetValue set = read(call);
    List<Object> popped = new ArrayList<>();
    for (long i = 0; i < count && !set.isEmpty(); i++) {
      List<Map.Entry<String, Double>> ranked = set.ranked();
      Map.Entry<String, Double> first = ranked.get(rank < 0 ? ranked.size() - 1 : 0);
      popped.add(Text.bytes(first.getKey()));
      popped.add(Text.bytes(Text.number(first.getValue())));
      set.scores().remove(first.getKey());
    }
    if (!popped.isEmpty()) {
      call.changedOrEmptied(call.word(1), set);
    }
    return popped;
  }

  private static Object removeRanks(Call call) {
    List<Map.Entry<String, Double>> ranked = read(call).ranked();
    int size = ranked.size();
    long start = Math.max(0, call.integer(2) < 0 ? size + call.integer(2) : call.integer(2));
    long stop = Math.min(size - 1L, call.integer(3) < 0 ? size + call.integer(3) : call.integer(3));
    return removeAll(call, start > stop ? List.of() : ranked.subList((int) start, (int) stop + 1));
  }

  private static Object removeScores(Call call) {
    double least = call.decimal(2);
    double most = call.decimal(3);
    return removeAll(
        call,
        read(call).ranked().stream()
            .filter(each -> each.getValue() >= least && each.getValue() <= most)
            .toList());
  }

  private static Object removeAll(Call call, List<Map.Entry<String, Double>> members) {
    SortedSetValue set = read(call);
    List<String> names = members.stream().map(Map.Entry::getKey).toList();
    for (String name : names) {
      set.scores().remove(name);
    }
    if (!names.isEmpty()) {
      call.changedOrEmptied(call.word(1), set);
    }
    return (long) names.size();
  }

  private static Object range(Call call) {
    boolean isScored = call.size() > 4 && call.option(4).equals("WITHSCORES");
    List<Map.Entry<String, Double>> ranked = read(call).ranked();
    int size = ranked.size();
    int start = (int) Math.max(0, call.integer(2) < 0 ? size + call.integer(2) : call.integer(2));
    int end =
        (int) Math.min(size - 1L, call.integer(3) < 0 ? size + call.integer(3) : call.integer(3));
    List<Object> found = new ArrayList<>();
    for (int i = start; i <= end; i++) {
      found.add(Text.bytes(ranked.get(i).getKey()));
      if (isScored) {
        found.add(Text.bytes(Text.number(ranked.get(i).getValue())));
      }
    }
    return found;
  }
}
