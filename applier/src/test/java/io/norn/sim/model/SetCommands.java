package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Sets. */
final class SetCommands {
  private SetCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("SADD", new Command(-3, SetCommands::add));
    table.put("SREM", new Command(-3, SetCommands::remove));
    table.put("SMEMBERS", new Command(2, SetCommands::members));
    table.put("SISMEMBER", new Command(3, SetCommands::contains));
    table.put("SCARD", new Command(2, call -> (long) read(call).members().size()));
    table.put("SPOP", new Command(-2, SetCommands::pop));
  }

  private static SetValue read(Call call) {
    SetValue value = call.value(call.word(1), SetValue.class);
    return value == null ? new SetValue() : value;
  }

  private static Object add(Call call) {
    SetValue set = read(call);
    boolean isNew = set.isEmpty();
    long added = 0;
    for (int i = 2; i < call.size(); i++) {
      added += set.members().add(call.word(i)) ? 1 : 0;
    }
    if (isNew) {
      call.replace(call.word(1), set);
    } else if (added > 0) {
      call.changed(call.word(1));
    }
    return added;
  }

  private static Object remove(Call call) {
    SetValue set = read(call);
    long removed = 0;
    for (int i = 2; i < call.size(); i++) {
      removed += set.members().remove(call.word(i)) ? 1 : 0;
    }
    if (removed > 0) {
      call.changedOrEmptied(call.word(1), set);
    }
    return removed;
  }

  private static Object members(Call call) {
    List<Object> all = new ArrayList<>();
    read(call).members().forEach(member -> all.add(Text.bytes(member)));
    return all;
  }

  private static Object contains(Call call) {
    return read(call).members().contains(call.word(2)) ? 1L : 0L;
  }

  private static Object pop(Call call) {
    long count = call.size() > 2 ? call.integer(2) : 1;
    SetValue set = read(call);
    List<String> popped = new ArrayList<>();
    while (popped.size() < count && !set.isEmpty()) {
      String member = set.members().first();
      set.members().remove(member);
      popped.add(member);
    }
    if (!popped.isEmpty()) {
      call.changedOrEmptied(call.word(1), set);
      propagatePop(call, set, popped);
    }
    return call.size() > 2
        ? popped.stream().map(Text::bytes).map(Object.class::cast).toList()
        : popped.isEmpty() ? null : Text.bytes(popped.get(0));
  }

  private static void propagatePop(Call call, SetValue left, List<String> popped) {
    String key = call.word(1);
    if (call.size() > 2 && left.isEmpty()) {
      call.propagateAs("DEL", key);
    } else if (call.server().dialect() == Dialect.REDIS_7) {
      popped.forEach(member -> call.propagateAs("SREM", key, member));
    } else {
      List<String> words = new ArrayList<>(List.of("SREM", key));
      words.addAll(popped);
      call.propagateAs(words.toArray(String[]::new));
    }
  }
}
