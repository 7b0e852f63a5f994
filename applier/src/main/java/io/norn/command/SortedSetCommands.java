package io.norn.command;

import io.norn.stream.Text;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Sorted sets: each member is an element, its score the value.
 *
 * <p>Flags that decide whether anything happens at all can be dropped for one member, because what
 * had no effect is not in a stream. For several members it cannot be told which of them took
 * effect.
 */
final class SortedSetCommands {
  private static final Set<String> FLAGS = Set.of("NX", "XX", "GT", "LT", "CH", "INCR");

  private SortedSetCommands() {}

  static Map<String, Function<Call, List<Op>>> parsers() {
    return Map.of(
        "ZADD", SortedSetCommands::put,
        "ZINCRBY", SortedSetCommands::add,
        "ZREM", SortedSetCommands::remove);
  }

  private static List<Op> put(Call call) {
    Set<String> flags = new HashSet<>();
    int first = 2;
    while (FLAGS.contains(Text.upperCase(call.arg(first)))) {
      flags.add(Text.upperCase(call.arg(first++)));
    }
    boolean conditional = flags.stream().anyMatch(flag -> !flag.equals("CH"));
    int members = (call.count() - first) / 2;
    if (conditional && members > 1) {
      return List.of(call.opaque(call.key()));
    }
    Map<Element, ElementOp> byMember = new LinkedHashMap<>();
    for (int i = first; i + 1 < call.count(); i += 2) {
      Element member = member(call.arg(i + 1));
      byMember.put(member, put(flags, member, call.arg(i)));
    }
    return List.of(call.elements(ValueType.ZSET, List.copyOf(byMember.values())));
  }

  private static ElementOp put(Set<String> flags, Element member, byte[] score) {
    if (flags.contains("INCR")) {
      return new ElementOp.Add(member, score);
    }
    if (flags.contains("GT") || flags.contains("LT")) {
      return new ElementOp.Bound(member, score, flags.contains("GT") ? "GT" : "LT");
    }
    return new ElementOp.Put(member, score);
  }

  private static List<Op> add(Call call) {
    ElementOp add = new ElementOp.Add(member(call.arg(3)), call.arg(2));
    return List.of(call.elements(ValueType.ZSET, List.of(add)));
  }

  private static List<Op> remove(Call call) {
    List<ElementOp> ops =
        call.from(2).stream()
            .map(SortedSetCommands::member)
            .distinct()
            .map(member -> (ElementOp) new ElementOp.Remove(member))
            .toList();
    return List.of(call.elements(ValueType.ZSET, ops));
  }

  private static Element member(byte[] name) {
    return new Element(ValueType.ZSET, new Bytes(name));
  }
}
