package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Element;
import java.util.List;
import java.util.function.Predicate;

/** The end of what is remembered of a key, without a look at all of it. */
public final class Latest {
  private Latest() {}

  /** The last of {@link KeyWindow#after} on such an element; null if there is none. */
  public static LaterOp after(KeyWindow key, Stamp stamp, Predicate<Element> which) {
    List<LaterOp> later = key.elements().after(stamp);
    LaterOp run = key.opaques() == null ? null : key.opaques().lastRunAfter(stamp);
    if (run != null) {
      later.add(run);
    }
    return later.stream()
        .filter(each -> which.test(each.op().element()))
        .reduce((one, other) -> one.stamp().isAfter(other.stamp()) ? one : other)
        .orElse(null);
  }

  /** Stamp of the last operation that is remembered, or this one if that is later. */
  static Stamp of(KeyWindow key, Stamp atLeast) {
    Stamp whole = key.whole();
    Stamp latest = whole != null && whole.isAfter(atLeast) ? whole : atLeast;
    Stamp opaque = key.opaques() == null ? null : key.opaques().last();
    latest = opaque != null && opaque.isAfter(latest) ? opaque : latest;
    LaterOp last = after(key, latest, element -> true);
    return last == null ? latest : last.stamp();
  }
}
