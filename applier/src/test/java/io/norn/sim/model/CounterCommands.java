package io.norn.sim.model;

import java.util.Map;

/** Strings as numbers. */
final class CounterCommands {
  private CounterCommands() {}

  static void addTo(Map<String, Command> table) {
    table.put("INCR", new Command(2, call -> increment(call, 1)));
    table.put("DECR", new Command(2, call -> increment(call, -1)));
    table.put("INCRBY", new Command(3, call -> increment(call, call.integer(2))));
    table.put("DECRBY", new Command(3, call -> increment(call, -call.integer(2))));
    table.put("INCRBYFLOAT", new Command(3, CounterCommands::incrementFloat));
  }

  private static Object increment(Call call, long by) {
    String key = call.word(1);
    StringValue old = call.value(key, StringValue.class);
    long sum = Numbers.add(old == null ? 0 : Numbers.integer(old.text()), by);
    call.replace(key, new StringValue(Long.toString(sum)));
    return sum;
  }

  private static Object incrementFloat(Call call) {
    String key = call.word(1);
    StringValue old = call.value(key, StringValue.class);
    double start = old == null ? 0 : Numbers.decimal(old.text());
    String sum = Text.number(start + call.decimal(2));
    call.replace(key, new StringValue(sum));
    call.propagateAs("SET", key, sum, "KEEPTTL");
    return Text.bytes(sum);
  }
}
