package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** When elements of a key were removed, which may have left it empty. Mostly there are none. */
final class Emptiers {
  private List<Stamp> stamps = List.of();

  void addAll(Emptiers other) {
    other.stamps.forEach(this::add);
  }

  void add(Stamp stamp) {
    stamps = stamps.isEmpty() ? new ArrayList<>(1) : stamps;
    stamps.add(stamp);
  }

  void forgetBefore(Stamp stamp) {
    remove(stamp::isAfter);
  }

  void forget(StreamId origin, long upto) {
    remove(stamp -> ElementWindow.isCovered(stamp, origin, upto));
  }

  private void remove(Predicate<Stamp> condition) {
    if (!stamps.isEmpty()) {
      stamps.removeIf(condition);
    }
  }

  boolean any(Predicate<Stamp> condition) {
    return stamps.stream().anyMatch(condition);
  }

  boolean isEmpty() {
    return stamps.isEmpty();
  }
}
