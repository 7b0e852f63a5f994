package io.norn.stream;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Remembers, of keys that were deleted a moment ago, when they were to expire that were written
 * again since.
 */
final class DueTimes {
  private static final Set<String> SETS_ANY =
      Set.of("EXPIRE", "PEXPIRE", "EXPIREAT", "SETEX", "PSETEX", "GETEX", "RESTORE");
  private static final Set<String> FROM_OTHER_KEY = Set.of("RENAME", "RENAMENX", "COPY");
  private static final Set<String> FROM_OTHER_DB = Set.of("MOVE", "SWAPDB");

  private final Map<Key, Since> deleted = new HashMap<>();
  private long lastDelete;

  private record Key(int db, ByteBuffer name) {
    static Key of(int db, byte[] name) {
      return new Key(db, ByteBuffer.wrap(name));
    }
  }

  /** What is known since a delete that ended there. */
  private record Since(long endOffset, long dueMillis) {}

  /** Looks at a write. */
  void see(Change change) {
    if (deleted.isEmpty() || change.args().length < 2) {
      return;
    }
    byte[][] args = change.args();
    String name = Text.upperCase(args[0]);
    if (name.equals("SET")) {
      put(change.db(), args[1], dueOfSet(args));
    } else if (name.equals("PEXPIREAT") && args.length > 2) {
      put(change.db(), args[1], Text.integer(args[2]).orElse(UnclassifiedDelete.ANY_TIME));
    } else if (name.equals("PERSIST")) {
      put(change.db(), args[1], UnclassifiedDelete.NEVER);
    } else if (SETS_ANY.contains(name)) {
      put(change.db(), args[1], UnclassifiedDelete.ANY_TIME);
    } else if (FROM_OTHER_KEY.contains(name) && args.length > 2) {
      put(change.db(), args[2], UnclassifiedDelete.ANY_TIME);
    } else if (FROM_OTHER_DB.contains(name)) {
      deleted.clear();
    }
  }

  private void put(int db, byte[] name, long dueMillis) {
    deleted.computeIfPresent(
        Key.of(db, name), (key, since) -> new Since(since.endOffset(), dueMillis));
  }

  /** Servers write a relative time to live as an absolute one. */
  private static long dueOfSet(byte[][] args) {
    for (int i = 3; i + 1 < args.length; i++) {
      OptionalLong at = Text.is(args[i], "PXAT") ? Text.integer(args[i + 1]) : OptionalLong.empty();
      if (at.isPresent()) {
        return at.getAsLong();
      }
    }
    return args.length == 3 ? UnclassifiedDelete.NEVER : UnclassifiedDelete.ANY_TIME;
  }

  /** When the key that is deleted here was to expire. */
  long delete(Change delete) {
    if (Deletes.isOfFields(delete.args())) {
      return UnclassifiedDelete.ANY_TIME;
    }
    lastDelete = delete.endOffset();
    Since since = new Since(lastDelete, UnclassifiedDelete.NEVER);
    Since before = deleted.put(Key.of(delete.db(), delete.args()[1]), since);
    return before == null ? UnclassifiedDelete.ANY_TIME : before.dueMillis();
  }

  /** Deletes up to there are settled. */
  void forget(long upto) {
    if (upto >= lastDelete) {
      deleted.clear();
    } else {
      deleted.values().removeIf(since -> since.endOffset() <= upto);
    }
  }
}
