package io.norn.command;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Sets: each member is an element. */
final class SetCommands {
  private static final byte[] NO_VALUE = new byte[0];

  private SetCommands() {}

  static Map<String, Function<Call, List<Op>>> parsers() {
    return Map.of(
        "SADD", call -> each(call, member -> new ElementOp.Put(member, NO_VALUE)),
        "SREM", call -> each(call, ElementOp.Remove::new));
  }

  private static List<Op> each(Call call, Function<Element, ElementOp> op) {
    List<ElementOp> ops =
        call.from(2).stream()
            .map(name -> new Element(ValueType.SET, new Bytes(name)))
            .distinct()
            .map(op)
            .toList();
    return List.of(call.elements(ValueType.SET, ops));
  }
}
