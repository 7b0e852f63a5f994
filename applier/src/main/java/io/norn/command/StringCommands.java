package io.norn.command;

import io.norn.stream.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Strings, counters and bitmaps. Conditions ({@code NX}, {@code IFEQ} …) are dropped: only what
 * took effect stands in a stream.
 */
final class StringCommands {
  private static final Group STRING = new Group(CommandGroup.STRING);
  private static final String KEEPTTL = "with `KEEPTTL` the time to live stays as it is merged";

  private StringCommands() {}

  static List<Entry> entries() {
    return List.of(
        STRING.overwrite("SET", Keys.FIRST, StringCommands::set).note(KEEPTTL),
        STRING.overwrite("SETNX", Keys.FIRST, call -> List.of(setPlain(call, 2))),
        STRING.overwrite("MSET", Keys.PAIRS, call -> setMany(call, 1, call.count(), Expiry.NONE)),
        STRING.overwrite("MSETNX", Keys.PAIRS, call -> setMany(call, 1, call.count(), Expiry.NONE)),
        STRING.overwrite("MSETEX", Keys.COUNTED_PAIRS, StringCommands::setCounted).note(KEEPTTL),
        STRING.overwrite("GETSET", Keys.FIRST, call -> List.of(setPlain(call, 2))).arrivesAs("SET"),
        STRING.overwrite("SETEX", Keys.FIRST, call -> setFor(call, 1000)).arrivesAs("SET"),
        STRING.overwrite("PSETEX", Keys.FIRST, call -> setFor(call, 1)).arrivesAs("SET"),
        STRING.overwrite("GETDEL", Keys.FIRST, StringCommands::delete).arrivesAs("DEL", "UNLINK"),
        STRING.overwrite("DELIFEQ", Keys.FIRST, StringCommands::delete).arrivesAs("DEL", "UNLINK"),
        STRING.opaque("GETEX", Keys.FIRST).arrivesAs("PEXPIREAT", "PERSIST", "DEL", "UNLINK"),
        STRING.delta("INCR", Keys.FIRST, call -> add(call, 1)),
        STRING.delta("DECR", Keys.FIRST, call -> add(call, -1)),
        STRING.delta("INCRBY", Keys.FIRST, call -> add(call, call.integer(2))),
        STRING.delta("DECRBY", Keys.FIRST, call -> add(call, Math.negateExact(call.integer(2)))),
        STRING.opaque("INCRBYFLOAT", Keys.FIRST).arrivesAs("SET"),
        STRING.elements("SETBIT", Keys.FIRST, StringCommands::setBit),
        STRING.opaque("APPEND", Keys.FIRST),
        STRING.opaque("SETRANGE", Keys.FIRST),
        STRING.opaque("BITFIELD", Keys.FIRST),
        STRING.opaque("BITOP", Keys.BITOP));
  }

  private static List<Op> set(Call call) {
    return List.of(set(call.key(), call.arg(2), Expiry.of(call, 3, call.count())));
  }

  private static Op setPlain(Call call, int value) {
    return set(call.key(), call.arg(value), Expiry.NONE);
  }

  private static List<Op> setFor(Call call, long unitMillis) {
    long atMillis = call.nowMillis() + call.integer(2) * unitMillis;
    return List.of(set(call.key(), call.arg(3), new Expiry(atMillis, false)));
  }

  private static List<Op> setCounted(Call call) {
    int end = 2 + 2 * call.number(1);
    return setMany(call, 2, end, Expiry.of(call, end, call.count()));
  }

  private static List<Op> setMany(Call call, int from, int to, Expiry expiry) {
    Map<DbKey, Op> byKey = new LinkedHashMap<>();
    for (int i = from; i < to; i += 2) {
      DbKey key = DbKey.of(call.db(), call.arg(i));
      byKey.put(key, set(key, call.arg(i + 1), expiry));
    }
    return List.copyOf(byKey.values());
  }

  private static Op set(DbKey key, byte[] value, Expiry expiry) {
    if (expiry.isKept()) {
      ElementOp put = new ElementOp.Put(Element.STRING_VALUE, value);
      return new Op.Elements(key, ValueType.STRING, List.of(put));
    }
    byte[] set = Text.bytes("SET");
    byte[] name = key.key().raw();
    byte[][] command =
        expiry.isGiven()
            ? new byte[][] {set, name, value, Text.bytes("PXAT"), expiry.text()}
            : new byte[][] {set, name, value};
    return new Op.Replace(key, ValueType.STRING, command);
  }

  private static List<Op> setBit(Call call) {
    ElementOp put = new ElementOp.Put(Element.bit(call.integer(2)), call.arg(3));
    return List.of(call.elements(ValueType.STRING, List.of(put)));
  }

  private static List<Op> delete(Call call) {
    return List.of(new Op.Delete(call.key()));
  }

  private static List<Op> add(Call call, long delta) {
    byte[] text = Text.bytes(Long.toString(delta));
    ElementOp add = new ElementOp.Add(Element.STRING_VALUE, text);
    return List.of(call.elements(ValueType.STRING, List.of(add)));
  }
}
