package io.norn.command;

import io.norn.stream.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Strings and counters. Conditions ({@code NX}, {@code IFEQ} …) are dropped: only what took effect
 * stands in a stream.
 */
final class StringCommands {
  private StringCommands() {}

  static Map<String, Function<Call, List<Op>>> parsers() {
    return Map.ofEntries(
        Map.entry("SET", StringCommands::set),
        Map.entry("SETNX", call -> List.of(replace(call.key(), call.arg(2), 0))),
        Map.entry("GETSET", call -> List.of(replace(call.key(), call.arg(2), 0))),
        Map.entry("SETEX", call -> setFor(call, 1000)),
        Map.entry("PSETEX", call -> setFor(call, 1)),
        Map.entry("MSET", StringCommands::setMany),
        Map.entry("MSETNX", StringCommands::setMany),
        Map.entry("INCR", call -> add(call, 1)),
        Map.entry("DECR", call -> add(call, -1)),
        Map.entry("INCRBY", call -> add(call, call.integer(2))),
        Map.entry("DECRBY", call -> add(call, Math.negateExact(call.integer(2)))));
  }

  private static List<Op> set(Call call) {
    long expiryMillis = 0;
    for (int i = 3; i < call.count(); i++) {
      if (call.is(i, "KEEPTTL")) {
        return List.of(keepingExpiry(call));
      }
      expiryMillis = Math.max(expiryMillis, expiryMillis(call, i));
    }
    return List.of(replace(call.key(), call.arg(2), expiryMillis));
  }

  private static Op keepingExpiry(Call call) {
    ElementOp put = new ElementOp.Put(Element.STRING_VALUE, call.arg(2));
    return call.elements(ValueType.STRING, List.of(put));
  }

  /** The expiry that an option gives; 0 for other options. */
  private static long expiryMillis(Call call, int option) {
    if (call.is(option, "PXAT")) {
      return call.integer(option + 1);
    }
    if (call.is(option, "EXAT")) {
      return call.integer(option + 1) * 1000;
    }
    if (call.is(option, "PX")) {
      return call.nowMillis() + call.integer(option + 1);
    }
    return call.is(option, "EX") ? call.nowMillis() + call.integer(option + 1) * 1000 : 0;
  }

  private static List<Op> setFor(Call call, long unitMillis) {
    long expiryMillis = call.nowMillis() + call.integer(2) * unitMillis;
    return List.of(replace(call.key(), call.arg(3), expiryMillis));
  }

  private static List<Op> setMany(Call call) {
    Map<DbKey, Op> byKey = new LinkedHashMap<>();
    for (int i = 1; i + 1 < call.count(); i += 2) {
      DbKey key = DbKey.of(call.db(), call.arg(i));
      byKey.put(key, replace(key, call.arg(i + 1), 0));
    }
    return List.copyOf(byKey.values());
  }

  private static Op replace(DbKey key, byte[] value, long expiryMillis) {
    byte[] set = Text.bytes("SET");
    byte[][] command =
        expiryMillis == 0
            ? new byte[][] {set, key.key().raw(), value}
            : new byte[][] {
              set,
              key.key().raw(),
              value,
              Text.bytes("PXAT"),
              Text.bytes(Long.toString(expiryMillis))
            };
    return new Op.Replace(key, ValueType.STRING, command);
  }

  private static List<Op> add(Call call, long delta) {
    byte[] text = Text.bytes(Long.toString(delta));
    ElementOp add = new ElementOp.Add(Element.STRING_VALUE, text);
    return List.of(call.elements(ValueType.STRING, List.of(add)));
  }
}
