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
    table.put("LPUSHX", new Command(-3, call -> read(call).isEmpty() ? 0L : push(call, End.HEAD)));
    table.put("RPUSHX", new Command(-3, call -> read(call).isEmpty() ? 0L : push(call, End.TAIL)));
    table.put("LPOP", new Command(-2, call -> pop(call, End.HEAD)));
    table.put("RPOP", new Command(-2, call -> pop(call, End.TAIL)));
    table.put("LMOVE", new Command(5, call -> move(call, end(call, 3), end(call, 4))));
    table.put("RPOPLPUSH", new Command(3, call -> move(call, End.TAIL, End.HEAD)));
    ListEdits.addTo(table);
    table.put("LLEN", new Command(2, call -> (long) read(call).items().size()));
    table.put("LRANGE", new Command(4, ListCommands::range));
  }

  private enum End {
    HEAD,
    TAIL
  }

  static ListValue read(Call call) {
    return read(call, 1);
  }

  private static ListValue read(Call call, int index) {
    ListValue value = call.value(call.word(index), ListValue.class);
    return value == null ? new ListValue() : value;
  }

  private static End end(Call call, int index) {
    return switch (call.option(index)) {
      case "LEFT" -> End.HEAD;
      case "RIGHT" -> End.TAIL;
      default -> throw new CommandFailure("ERR syntax error");
    };
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
    boolean isCounted = call.size() > 2;
    long count = isCounted ? call.integer(2) : 1;
    ListValue list = read(call);
    if (count < 0) {
      throw new CommandFailure("ERR value is out of range, must be positive");
    }
    if (list.isEmpty()) {
      return null;
    }
    List<Object> popped = new ArrayList<>();
    while (popped.size() < count && !list.isEmpty()) {
      popped.add(Text.bytes(take(list, end)));
    }
    if (!popped.isEmpty()) {
      call.changedOrEmptied(call.word(1), list);
    }
    return isCounted ? popped : popped.get(0);
  }

  private static String take(ListValue list, End end) {
    return list.items().remove(end == End.HEAD ? 0 : list.items().size() - 1);
  }

  private static Object move(Call call, End from, End to) {
    ListValue source = read(call, 1);
    if (source.isEmpty()) {
      return null;
    }
    ListValue target = call.word(1).equals(call.word(2)) ? source : read(call, 2);
    boolean isNew = target.isEmpty();
    String item = take(source, from);
    target.items().add(to == End.HEAD ? 0 : target.items().size(), item);
    if (isNew) {
      call.replace(call.word(2), target);
    } else {
      call.changed(call.word(2));
    }
    call.changedOrEmptied(call.word(1), source);
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
