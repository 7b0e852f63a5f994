package io.norn.command;

import io.norn.stream.Text;
import java.util.List;

/** Commands on keys of any type. */
final class KeyCommands {
  private static final Group KEY = new Group(CommandGroup.KEY);

  private KeyCommands() {}

  static List<Entry> entries() {
    return List.of(
        KEY.overwrite("DEL", Keys.ALL, KeyCommands::delete),
        KEY.overwrite("UNLINK", Keys.ALL, KeyCommands::delete),
        KEY.overwrite("RESTORE", Keys.FIRST, KeyCommands::restore),
        KEY.overwrite("RESTORE-ASKING", Keys.FIRST, KeyCommands::restore),
        KEY.elements("PEXPIREAT", Keys.FIRST, call -> expireAt(call, call.integer(2))),
        KEY.elements("PERSIST", Keys.FIRST, KeyCommands::persist),
        KEY.elements("EXPIRE", Keys.FIRST, call -> expireIn(call, call.integer(2) * 1000))
            .arrivesAs("PEXPIREAT", "DEL", "UNLINK"),
        KEY.elements("PEXPIRE", Keys.FIRST, call -> expireIn(call, call.integer(2)))
            .arrivesAs("PEXPIREAT", "DEL", "UNLINK"),
        KEY.elements("EXPIREAT", Keys.FIRST, call -> expireAt(call, call.integer(2) * 1000))
            .arrivesAs("PEXPIREAT", "DEL", "UNLINK"),
        KEY.opaque("RENAME", Keys.TWO, KeyCommands::move),
        KEY.opaque("RENAMENX", Keys.TWO, KeyCommands::move),
        KEY.opaque("COPY", Keys.COPIED),
        KEY.opaque("MOVE", Keys.BOTH_DATABASES, KeyCommands::moveToDatabase),
        KEY.opaque("SORT", Keys.SORTED).note("keys that `BY` and `GET` make up are not known"),
        KEY.overwrite("MIGRATE", Keys.MIGRATED, KeyCommands::migrate).arrivesAs("DEL", "UNLINK"));
  }

  private static List<Op> delete(Call call) {
    return delete(Keys.ALL.written().apply(call));
  }

  private static List<Op> migrate(Call call) {
    return delete(Keys.MIGRATED.written().apply(call));
  }

  private static List<Op> delete(List<DbKey> keys) {
    return keys.stream().distinct().map(key -> (Op) new Op.Delete(key)).toList();
  }

  /** The new key gets what the old one held; the old one is removed with what is older. */
  private static List<Op> move(Call call) {
    List<DbKey> keys = Keys.TWO.written().apply(call);
    return move(call, keys.get(0), keys.get(1));
  }

  private static List<Op> moveToDatabase(Call call) {
    DbKey from = call.key();
    return move(
        call,
        from,
        Keys.BOTH_DATABASES.written().apply(call).stream()
            .filter(key -> !key.equals(from))
            .findFirst()
            .orElseThrow(Call.MalformedCallException::new));
  }

  private static List<Op> move(Call call, DbKey from, DbKey to) {
    return from.equals(to)
        ? List.of()
        : List.of(call.opaque(List.of(to), List.of(from)), new Op.Delete(from));
  }

  private static List<Op> expireIn(Call call, long millis) {
    return expireAt(call, call.nowMillis() + millis);
  }

  private static List<Op> expireAt(Call call, long atMillis) {
    byte[] text = Text.bytes(Long.toString(atMillis));
    return expiry(call, new ElementOp.Put(Element.EXPIRY, text));
  }

  private static List<Op> persist(Call call) {
    return expiry(call, new ElementOp.Remove(Element.EXPIRY));
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
