package io.norn.command;

import io.norn.stream.PublishedState;
import io.norn.stream.Text;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Commands on keys of any type. */
final class KeyCommands {
  private KeyCommands() {}

  static Map<String, Function<Call, List<Op>>> parsers() {
    return Map.ofEntries(
        Map.entry("DEL", KeyCommands::delete),
        Map.entry("UNLINK", KeyCommands::delete),
        Map.entry("PEXPIREAT", call -> expireAt(call, call.integer(2))),
        Map.entry("EXPIREAT", call -> expireAt(call, call.integer(2) * 1000)),
        Map.entry("PEXPIRE", call -> expireAt(call, call.nowMillis() + call.integer(2))),
        Map.entry("EXPIRE", call -> expireAt(call, call.nowMillis() + call.integer(2) * 1000)),
        Map.entry("PERSIST", call -> expiry(call, new ElementOp.Remove(Element.EXPIRY))),
        Map.entry("RESTORE", KeyCommands::restore),
        Map.entry(PublishedState.COMMAND, KeyCommands::published),
        Map.entry("NORN.EXPIRED", call -> List.of(new Op.Expired(call.key()))),
        Map.entry("FLUSHDB", call -> List.of(new Op.Flush(call.db()))),
        Map.entry("FLUSHALL", call -> List.of(new Op.Flush(Op.Flush.ALL))));
  }

  private static List<Op> delete(Call call) {
    return call.from(1).stream()
        .map(name -> DbKey.of(call.db(), name))
        .distinct()
        .map(key -> (Op) new Op.Delete(key))
        .toList();
  }

  private static List<Op> published(Call call) {
    return List.of(new Op.State(call.key(), call.arg(2), call.integer(3)));
  }

  private static List<Op> expireAt(Call call, long atMillis) {
    byte[] text = Text.bytes(Long.toString(atMillis));
    return expiry(call, new ElementOp.Put(Element.EXPIRY, text));
  }

  private static List<Op> expiry(Call call, ElementOp op) {
    return List.of(call.elements(ValueType.NONE, List.of(op)));
  }

  /**
   * With an absolute time to live and REPLACE, so that it means the same whenever it is executed.
   */
  private static List<Op> restore(Call call) {
    long ttlMillis = call.integer(2);
    boolean absolute = call.from(4).stream().anyMatch(arg -> Text.is(arg, "ABSTTL"));
    long atMillis = ttlMillis == 0 || absolute ? ttlMillis : call.nowMillis() + ttlMillis;
    byte[][] command = {
      Text.bytes("RESTORE"),
      call.arg(1),
      Text.bytes(Long.toString(atMillis)),
      call.arg(3),
      Text.bytes("REPLACE"),
      Text.bytes("ABSTTL")
    };
    return List.of(new Op.Replace(call.key(), PayloadType.of(call.arg(3)), command));
  }
}
