package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/** When elements of a key were removed, which may have left it empty. */
final class Emptiers {
  /** By stream and offset: a busy list has thousands. */
  private final Map<StreamId, TreeMap<Long, Stamp>> stamps = new HashMap<>(2);

  Emptiers copy() {
    Emptiers copy = new Emptiers();
    stamps.forEach((origin, each) -> copy.stamps.put(origin, new TreeMap<>(each)));
    return copy;
  }

  void add(Stamp stamp) {
    stamps.computeIfAbsent(stamp.origin(), origin -> new TreeMap<>()).put(stamp.offset(), stamp);
  }

  void forgetBefore(Stamp stamp) {
    stamps.values().forEach(each -> each.values().removeIf(stamp::isAfter));
    compact();
  }

  void forget(StreamId origin, long upto) {
    if (stamps.containsKey(origin)) {
      stamps.get(origin).headMap(upto, true).clear();
      compact();
    }
  }

  private void compact() {
    stamps.values().removeIf(TreeMap::isEmpty);
  }

  boolean any(Predicate<Stamp> condition) {
    return stamps.values().stream().anyMatch(each -> each.values().stream().anyMatch(condition));
  }

  boolean isAt(StreamId origin, long offset) {
    return stamps.containsKey(origin) && stamps.get(origin).containsKey(offset);
  }

  boolean isEmpty() {
    return stamps.isEmpty();
  }
}
