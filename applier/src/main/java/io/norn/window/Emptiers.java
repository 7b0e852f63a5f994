package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * When elements of a key were last removed, which may have left it empty: one stamp for each
 * stream, since an earlier one of the same stream tells nothing that the last one does not. Mostly
 * there are none.
 */
final class Emptiers {
  private List<Stamp> stamps = List.of();

  void addAll(Emptiers others) {
    if (!others.isEmpty()) {
      stamps = new ArrayList<>(others.stamps);
    }
  }

  void add(Stamp stamp) {
    stamps = stamps.isEmpty() ? new ArrayList<>(1) : stamps;
    Predicate<Stamp> isOfSame = each -> each.origin().equals(stamp.origin());
    if (stamps.stream().noneMatch(isOfSame.and(each -> each.isAfter(stamp)))) {
      stamps.removeIf(isOfSame);
      stamps.add(stamp);
    }
  }

  void forgetBefore(Stamp stamp) {
    if (!stamps.isEmpty()) {
      stamps.removeIf(stamp::isAfter);
    }
  }

  void forget(StreamId origin, long upto) {
    if (!stamps.isEmpty()) {
      stamps.removeIf(stamp -> ElementWindow.isCovered(stamp, origin, upto));
    }
  }

  boolean any(Predicate<Stamp> condition) {
    return stamps.stream().anyMatch(condition);
  }

  boolean isEmpty() {
    return stamps.isEmpty();
  }
}
