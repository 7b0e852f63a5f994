package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * When elements of a key were last removed, which may have left it empty: one stamp for each
 * stream, since an earlier one of the same stream tells nothing that the last one does not.
 */
final class Emptiers {
  private final List<Stamp> stamps = new ArrayList<>(1);

  Emptiers copy() {
    Emptiers copy = new Emptiers();
    copy.stamps.addAll(stamps);
    return copy;
  }

  void add(Stamp stamp) {
    Predicate<Stamp> isOfSame = each -> each.origin().equals(stamp.origin());
    if (stamps.stream().noneMatch(isOfSame.and(each -> each.isAfter(stamp)))) {
      stamps.removeIf(isOfSame);
      stamps.add(stamp);
    }
  }

  void forgetBefore(Stamp stamp) {
    stamps.removeIf(stamp::isAfter);
  }

  void forget(StreamId origin, long upto) {
    stamps.removeIf(stamp -> ElementWindow.isCovered(stamp, origin, upto));
  }

  boolean any(Predicate<Stamp> condition) {
    return stamps.stream().anyMatch(condition);
  }

  boolean isEmpty() {
    return stamps.isEmpty();
  }
}
