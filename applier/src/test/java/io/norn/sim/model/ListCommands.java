package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Lists. */
final class ListCommands {
  private ListCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("LPUSH", new Command(-3, call -> push(call, End.HEAD)));
    table.put("RPUSH", new Command(-3, call -> push(call, End.TAIL)));
    table.put("LPOP", new Command(2, call -> pop(call, End.HEAD)));
    table.put("RPOP", new Command(2, call -> pop(call, End.TAIL)));
    table.put("LLEN", new Command(2, call -> (long) read(call).items().size()));
    table.put("LRANGE", new Command(4, ListCommands::range));
  }

  private enum End {
    HEAD,
    TAIL
  }

  private static ListValue read(Call call) {
    ListValue value = call.value(call.word(1), ListValue.class);
    return value == null ? new ListValue() : value;
  }

  private static Object push(Call call, End end) {
    ListValue list = read(call);
    boolean isNew = list.isEmpty();
    for (int i = 2; i < call.size(); i++) {
      list.items().add(end == End.HEAD ? 0 : list.items().size(), call.word(i));
    }
    if (isNew) {
      call.replace(call.word(1), list);
    } else {
      call.changed(call.word(1));
    }
    return (long) list.items().size();
  }

  private static Object pop(Call call, End end) {
    ListValue list = read(call);
    if (list.isEmpty()) {
      return null;
    }
    String item = list.items().remove(end == End.HEAD ? 0 : list.items().size() - 1);
    call.changedOrEmptied(call.word(1), list);
    return Text.bytes(item);
  }

  private static Object range(Call call) {
    List<String> items = read(call).items();
    int size = items.size();
    long start = call.integer(2) < 0 ? Math.max(0, size + call.integer(2)) : call.integer(2);
    long end = Math.min(size - 1L, call.integer(3) < 0 ? size + call.integer(3) : call.integer(3));
    List<Object> found = new ArrayList<>();
    for (long i = start; i <= end; i++) {
      found.add(Text.bytes(items.get((int) i)));
    }
    return found;
  }
}
