package io.norn.command;

import java.util.List;
import java.util.function.Function;

/** Sets: each member is an element. */
final class SetCommands {
  private static final byte[] NO_VALUE = new byte[0];
  private static final Group SET = new Group(CommandGroup.SET);

  private SetCommands() {}

  static List<Entry> entries() {
    return List.of(
        SET.elements("SADD", Keys.FIRST, call -> each(call, SetCommands::put)),
        SET.elements("SREM", Keys.FIRST, call -> each(call, ElementOp.Remove::new)),
        SET.elements("SMOVE", Keys.TWO, SetCommands::move),
        SET.opaque("SPOP", Keys.FIRST).arrivesAs("SREM", "DEL", "UNLINK"),
        SET.opaque("SINTERSTORE", Keys.STORE_FROM_ALL),
        SET.opaque("SUNIONSTORE", Keys.STORE_FROM_ALL),
        SET.opaque("SDIFFSTORE", Keys.STORE_FROM_ALL));
  }

  private static List<Op> each(Call call, Function<Element, ElementOp> op) {
    List<ElementOp> ops =
        call.from(2).stream().map(SetCommands::member).distinct().map(op).toList();
    return List.of(call.elements(ValueType.SET, ops));
  }

  /** In a stream only if the member was there. */
  private static List<Op> move(Call call) {
    DbKey to = DbKey.of(call.db(), call.arg(2));
    Element member = member(call.arg(3));
    Op put = new Op.Elements(to, ValueType.SET, List.of(put(member)));
    Op remove = call.elements(ValueType.SET, List.of(new ElementOp.Remove(member)));
    return to.equals(call.key()) ? List.of(put) : List.of(remove, put);
  }

  private static ElementOp put(Element member) {
    return new ElementOp.Put(member, NO_VALUE);
  }

  private static Element member(byte[] name) {
    return new Element(ValueType.SET, new Bytes(name));
  }
}
