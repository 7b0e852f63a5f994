package io.norn.command;

import io.norn.stream.Text;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Sorted sets: each member is an element, its score the value.
 *
 * <p>Flags that decide whether anything happens at all can be dropped for one member, because what
 * had no effect is not in a stream. For several members it cannot be told which of them took
 * effect.
 */
final class SortedSetCommands {
  private static final Set<String> FLAGS = Set.of("NX", "XX", "GT", "LT", "CH", "INCR");
  private static final Group ZSET = new Group(CommandGroup.SORTED_SET);

  private SortedSetCommands() {}

  static List<Entry> entries() {
    return List.of(
        ZSET.elements("ZADD", Keys.FIRST, SortedSetCommands::put)
            .note("of several members with `NX`, `XX`, `GT`, `LT`: as it is, then by state"),
        ZSET.elements("ZREM", Keys.FIRST, SortedSetCommands::remove),
        ZSET.delta("ZINCRBY", Keys.FIRST, SortedSetCommands::add),
        ZSET.opaque("ZPOPMIN", Keys.FIRST),
        ZSET.opaque("ZPOPMAX", Keys.FIRST),
        ZSET.opaque("ZMPOP", Keys.COUNTED_FIRST).arrivesAs("ZPOPMIN", "ZPOPMAX"),
        ZSET.opaque("BZMPOP", Keys.COUNTED_SECOND).arrivesAs("ZPOPMIN", "ZPOPMAX"),
        ZSET.opaque("BZPOPMIN", Keys.ALL_BUT_LAST).arrivesAs("ZPOPMIN"),
        ZSET.opaque("BZPOPMAX", Keys.ALL_BUT_LAST).arrivesAs("ZPOPMAX"),
        ZSET.opaque("ZREMRANGEBYSCORE", Keys.FIRST),
        ZSET.opaque("ZREMRANGEBYRANK", Keys.FIRST),
        ZSET.opaque("ZREMRANGEBYLEX", Keys.FIRST),
        ZSET.opaque("ZRANGESTORE", Keys.STORE_FROM_ONE),
        ZSET.opaque("ZUNIONSTORE", Keys.STORE_FROM_COUNTED),
        ZSET.opaque("ZINTERSTORE", Keys.STORE_FROM_COUNTED),
        ZSET.opaque("ZDIFFSTORE", Keys.STORE_FROM_COUNTED),
        ZSET.opaque("GEOADD", Keys.FIRST).arrivesAs("ZADD"),
        ZSET.opaque("GEOSEARCHSTORE", Keys.STORE_FROM_ONE),
        ZSET.opaque("GEORADIUS", Keys.RADIUS),
        ZSET.opaque("GEORADIUSBYMEMBER", Keys.RADIUS));
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
    for (int i = first; i < call.count(); i += 2) {
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
