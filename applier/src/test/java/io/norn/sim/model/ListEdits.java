package io.norn.sim.model;

import java.util.List;
import java.util.Map;

/** Changes inside lists. */
final class ListEdits {
  private ListEdits() {}

  static void addTo(Map<String, Command> table) {
    table.put("LINSERT", new Command(5, ListEdits::insert));
    table.put("LSET", new Command(4, ListEdits::set));
    table.put("LREM", new Command(4, ListEdits::remove));
    table.put("LTRIM", new Command(4, ListEdits::trim));
  }

  private static Object insert(Call call) {
    List<String> items = ListCommands.read(call).items();
    int at = items.indexOf(call.word(3));
    if (at < 0) {
      return items.isEmpty() ? 0L : -1L;
    }
    items.add(call.option(2).equals("BEFORE") ? at : at + 1, call.word(4));
    call.changed(call.word(1));
    return (long) items.size();
  }

  private static Object set(Call call) {
    List<String> items = ListCommands.read(call).items();
    long index = call.integer(2);
    long at = index < 0 ? items.size() + index : index;
    if (items.isEmpty()) {
      throw new CommandFailure("ERR no such key");
    }
    if (at < 0 || at >= items.size()) {
      throw new CommandFailure("ERR index out of range");
    }
    items.set((int) at, call.word(3));
    call.changed(call.word(1));
    return "OK";
  }

  private static Object remove(Call call) {
    long count = call.integer(2);
    ListValue list = ListCommands.read(call);
    long limit = count == 0 ? Long.MAX_VALUE : Math.abs(count);
    long removed = 0;
    int at = next(list, call.word(3), count);
    while (at >= 0 && removed < limit) {
      list.items().remove(at);
      removed++;
      at = next(list, call.word(3), count);
    }
    if (removed > 0) {
      call.changedOrEmptied(call.word(1), list);
    }
    return removed;
  }

  private static int next(ListValue list, String item, long count) {
    return count < 0 ? list.items().lastIndexOf(item) : list.items().indexOf(item);
  }

  /** Watchers abort also where nothing is removed. */
  private static Object trim(Call call) {
    ListValue list = ListCommands.read(call);
    int size = list.items().size();
    long start = call.integer(2) < 0 ? size + call.integer(2) : call.integer(2);
    long stop = call.integer(3) < 0 ? size + call.integer(3) : call.integer(3);
    int from = (int) Math.min(size, Math.max(0, start));
    int to = (int) Math.max(from, Math.min(size, stop + 1));
    if (to - from < size) {
      list.items().subList(to, size).clear();
      list.items().subList(0, from).clear();
      call.changedOrEmptied(call.word(1), list);
    } else if (size > 0) {
      call.server().touch(call.connection().database(), call.word(1));
    }
    return "OK";
  }
}
