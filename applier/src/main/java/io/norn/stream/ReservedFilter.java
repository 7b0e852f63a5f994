package io.norn.stream;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Takes Norn's own keys and channel out of the commands of a stream. */
final class ReservedFilter {
  private static final Set<String> FIRST_KEY_AND_MORE = Set.of("DEL", "UNLINK");
  private static final Set<String> TWO_KEYS = Set.of("RENAME", "RENAMENX", "COPY", "SMOVE");
  private static final Set<String> WHOLE_DB = Set.of("FLUSHALL", "FLUSHDB", "SWAPDB");
  private static final Set<String> AGENTS_USE = Set.of("HSET", "HDEL");

  private ReservedFilter() {}

  /**
   * What is left of a command.
   *
   * @param change the write on users' keys; null if nothing is left
   * @param message text on the reserved channel, or null
   * @param touchesReserved true if a reserved key may be gone now
   */
  record Result(Change change, String message, boolean touchesReserved) {}

  static Result filter(Change change) {
    byte[][] args = change.args();
    String name = Text.upperCase(args[0]);
    if (WHOLE_DB.contains(name)) {
      return new Result(change, null, true);
    }
    if (args.length < 2 || !mentionsReserved(name, args)) {
      return new Result(change, null, false);
    }
    if (name.equals("SPUBLISH") || name.equals("PUBLISH")) {
      return message(args.length > 2 ? args[2] : new byte[0], change.endOffset());
    }
    if (FIRST_KEY_AND_MORE.contains(name)) {
      return new Result(withoutReserved(change), null, true);
    }
    return new Result(null, null, !AGENTS_USE.contains(name));
  }

  private static Result message(byte[] message, long endOffset) {
    Change state = PublishedState.of(message, endOffset);
    Change notice = state != null ? state : TrimNotice.of(message, endOffset);
    return notice != null
        ? new Result(notice, null, false)
        : new Result(null, Text.latin1(message), false);
  }

  private static boolean mentionsReserved(String name, byte[][] args) {
    if (FIRST_KEY_AND_MORE.contains(name)) {
      return List.of(args).stream().skip(1).anyMatch(Reserved::isReserved);
    }
    boolean second = TWO_KEYS.contains(name) && args.length > 2 && Reserved.isReserved(args[2]);
    return second || Reserved.isReserved(args[1]);
  }

  private static Change withoutReserved(Change change) {
    List<byte[]> kept = new ArrayList<>();
    for (byte[] arg : change.args()) {
      if (!Reserved.isReserved(arg)) {
        kept.add(arg);
      }
    }
    return kept.size() < 2
        ? null
        : new Change(change.db(), kept.toArray(new byte[0][]), change.endOffset());
  }
}
