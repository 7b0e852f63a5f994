package io.norn.command;

import io.norn.stream.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Hashes: each field is an element. */
final class HashCommands {
  private HashCommands() {}

  static Map<String, Function<Call, List<Op>>> parsers() {
    return Map.of(
        "HSET", HashCommands::put,
        "HMSET", HashCommands::put,
        "HSETNX", HashCommands::put,
        "HDEL", HashCommands::remove,
        "HINCRBY", HashCommands::add);
  }

  private static List<Op> put(Call call) {
    Map<Element, ElementOp> byField = new LinkedHashMap<>();
    for (int i = 2; i + 1 < call.count(); i += 2) {
      Element field = field(call.arg(i));
      byField.put(field, new ElementOp.Put(field, call.arg(i + 1)));
    }
    return List.of(call.elements(ValueType.HASH, List.copyOf(byField.values())));
  }

  private static List<Op> remove(Call call) {
    List<ElementOp> ops =
        call.from(2).stream()
            .map(HashCommands::field)
            .distinct()
            .map(field -> (ElementOp) new ElementOp.Remove(field))
            .toList();
    return List.of(call.elements(ValueType.HASH, ops));
  }

  private static List<Op> add(Call call) {
    byte[] delta = Text.bytes(Long.toString(call.integer(3)));
    ElementOp add = new ElementOp.Add(field(call.arg(2)), delta);
    return List.of(call.elements(ValueType.HASH, List.of(add)));
  }

  private static Element field(byte[] name) {
    return new Element(ValueType.HASH, new Bytes(name));
  }
}
