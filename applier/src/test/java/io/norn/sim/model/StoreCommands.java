package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Commands that put into a key what they make of others. */
final class StoreCommands {
  private StoreCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("RENAME", new Command(3, StoreCommands::rename));
    table.put("COPY", new Command(-3, StoreCommands::copy));
    table.put("MOVE", new Command(3, StoreCommands::move));
    table.put("SUNIONSTORE", new Command(-3, call -> store(call, StoreCommands::union)));
    table.put("SDIFFSTORE", new Command(-3, call -> store(call, StoreCommands::difference)));
  }

  /** Computes a set of sets. */
  private interface Computation {
    Set<String> of(List<SetValue> sets);
  }

  private static Object rename(Call call) {
    Slot slot = call.find(call.word(1));
    if (slot == null) {
      throw new CommandFailure("ERR no such key");
    }
    if (call.word(1).equals(call.word(2))) {
      return "OK";
    }
    call.find(call.word(2));
    call.remove(call.word(1));
    call.put(call.word(2), slot);
    return "OK";
  }

  private static Object copy(Call call) {
    if (call.word(1).equals(call.word(2))) {
      throw new CommandFailure("ERR source and destination objects are the same");
    }
    Slot slot = call.find(call.word(1));
    if (slot == null) {
      return 0L;
    }
    boolean isReplacing = call.size() > 3 && call.option(3).equals("REPLACE");
    if (call.find(call.word(2)) != null && !isReplacing) {
      return 0L;
    }
    call.put(call.word(2), slot.copy());
    return 1L;
  }

  private static Object move(Call call) {
    int database = (int) call.integer(2);
    if (database == call.connection().database()) {
      throw new CommandFailure("ERR source and destination objects are the same");
    }
    Slot slot = call.find(call.word(1));
    if (slot == null || call.isIn(database, call.word(1))) {
      return 0L;
    }
    call.putInto(database, call.word(1), slot);
    call.remove(call.word(1));
    return 1L;
  }

  private static Object store(Call call, Computation computation) {
    List<SetValue> sets = new ArrayList<>();
    for (int i = 2; i < call.size(); i++) {
      SetValue set = call.value(call.word(i), SetValue.class);
      sets.add(set == null ? new SetValue() : set);
    }
    Set<String> members = computation.of(sets);
    if (!members.isEmpty()) {
      call.find(call.word(1));
      call.set(call.word(1), new SetValue(new TreeSet<>(members)));
    } else if (call.keys().containsKey(call.word(1))) {
      call.remove(call.word(1));
    }
    return (long) members.size();
  }

  private static Set<String> union(List<SetValue> sets) {
    TreeSet<String> members = new TreeSet<>();
    sets.forEach(set -> members.addAll(set.members()));
    return members;
  }

  private static Set<String> difference(List<SetValue> sets) {
    TreeSet<String> members = new TreeSet<>(sets.get(0).members());
    sets.subList(1, sets.size()).forEach(set -> members.removeAll(set.members()));
    return members;
  }
}
