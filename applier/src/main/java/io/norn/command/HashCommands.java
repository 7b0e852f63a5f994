package io.norn.command;

import io.norn.stream.Text;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Hashes: each field is an element. The time to live of a field is none yet. */
final class HashCommands {
  private static final Group HASH = new Group(CommandGroup.HASH);

  private HashCommands() {}

  static List<Entry> entries() {
    return List.of(
        HASH.elements("HSET", Keys.FIRST, call -> put(call, 2, call.count())),
        HASH.elements("HMSET", Keys.FIRST, call -> put(call, 2, call.count())),
        HASH.elements("HSETNX", Keys.FIRST, call -> put(call, 2, call.count())),
        HASH.elements("HSETEX", Keys.FIRST, HashCommands::putWithOptions)
            .note("with a time to live or `KEEPTTL`: as it is, then by state"),
        HASH.elements("HDEL", Keys.FIRST, call -> remove(call, 2)),
        HASH.elements("HGETDEL", Keys.FIRST, HashCommands::removeCounted).note("Redis: `HDEL`"),
        HASH.delta("HINCRBY", Keys.FIRST, HashCommands::add)
            .note("of a field with a time to live: `HSETEX`"),
        HASH.opaque("HINCRBYFLOAT", Keys.FIRST).arrivesAs("HSET", "HSETEX"),
        HASH.opaque("HPEXPIREAT", Keys.FIRST),
        HASH.opaque("HPERSIST", Keys.FIRST),
        HASH.opaque("HEXPIRE", Keys.FIRST).arrivesAs("HPEXPIREAT", "HDEL"),
        HASH.opaque("HPEXPIRE", Keys.FIRST).arrivesAs("HPEXPIREAT", "HDEL"),
        HASH.opaque("HEXPIREAT", Keys.FIRST).arrivesAs("HPEXPIREAT", "HDEL"),
        HASH.opaque("HGETEX", Keys.FIRST).arrivesAs("HPEXPIREAT", "HPERSIST", "HDEL"));
  }

  /** Conditions decide for all fields together, so that they can be dropped. */
  private static List<Op> putWithOptions(Call call) {
    int fields = call.indexOf("FIELDS", 2);
    int end = fields + 2 + 2 * call.number(fields + 1);
    boolean plain = end == call.count() && !Expiry.of(call, 2, fields).isGiven();
    return plain ? put(call, fields + 2, end) : Keys.FIRST.opaque(call);
  }

  private static List<Op> put(Call call, int from, int to) {
    Map<Element, ElementOp> byField = new LinkedHashMap<>();
    for (int i = from; i < to; i += 2) {
      Element field = field(call.arg(i));
      byField.put(field, new ElementOp.Put(field, call.arg(i + 1)));
    }
    return List.of(call.elements(ValueType.HASH, List.copyOf(byField.values())));
  }

  private static List<Op> removeCounted(Call call) {
    boolean plain = call.is(2, "FIELDS") && call.number(3) == call.count() - 4;
    return plain ? remove(call, 4) : Keys.FIRST.opaque(call);
  }

  private static List<Op> remove(Call call, int from) {
    List<ElementOp> ops =
        call.from(from).stream()
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
