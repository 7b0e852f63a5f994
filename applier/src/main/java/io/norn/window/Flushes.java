package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Op;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** When each database was flushed last. */
final class Flushes {
  private final Map<Integer, Stamp> byDb = new HashMap<>();

  void add(Op.Flush flush, Stamp stamp) {
    byDb.merge(flush.db(), stamp, (a, b) -> a.isAfter(b) ? a : b);
  }

  List<Stamp> of(int db) {
    return Stream.of(byDb.get(db), byDb.get(Op.Flush.ALL)).filter(Objects::nonNull).toList();
  }

  boolean isAfter(Stamp stamp, int db) {
    return isAfter(byDb.get(db), stamp) || isAfter(byDb.get(Op.Flush.ALL), stamp);
  }

  private static boolean isAfter(Stamp flush, Stamp stamp) {
    return flush != null && flush.isAfter(stamp);
  }

  void forget(Predicate<Stamp> forgettable) {
    byDb.values().removeIf(forgettable);
  }

  int size() {
    return byDb.size();
  }

  /** First offset of the stream; {@link Long#MAX_VALUE} if there is none of it. */
  long oldest(StreamId origin) {
    return byDb.values().stream()
        .filter(flush -> flush.origin().equals(origin))
        .mapToLong(Stamp::offset)
        .min()
        .orElse(Long.MAX_VALUE);
  }
}
