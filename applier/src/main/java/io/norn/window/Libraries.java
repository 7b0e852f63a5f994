package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Op;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The last command on each library of functions. There are few of them, so they are remembered for
 * good.
 */
public final class Libraries {
  private static final String ALL = "";

  private final Forgetting forgetting;
  private final Map<String, Last> last = new HashMap<>();

  Libraries(Forgetting forgetting) {
    this.forgetting = forgetting;
  }

  private record Last(Stamp stamp, Op.Library op) {}

  void add(Stamp stamp, Op.Library op) {
    last.merge(
        op.name(),
        new Last(stamp, op),
        (known, added) -> known.stamp().isAfter(stamp) ? known : added);
  }

  /** True if a later command makes it meaningless. */
  public boolean isPast(Stamp stamp, Op.Library op) {
    return isAfter(last.get(op.name()), stamp) || isAfter(last.get(ALL), stamp);
  }

  private static boolean isAfter(Last known, Stamp stamp) {
    return known != null && known.stamp().isAfter(stamp);
  }

  /** True if the library was removed here. */
  public boolean isGone(String name) {
    Last known = last.get(name);
    return known != null && !known.op().loads();
  }

  /** What is loaded again behind a command that removes all libraries. */
  public List<Op.Library> loadedAfter(Stamp stamp) {
    return last.values().stream()
        .filter(each -> each.op().loads() && each.stamp().isAfter(stamp))
        .sorted((a, b) -> a.stamp().compareTo(b.stamp()))
        .map(Last::op)
        .toList();
  }

  /** First offset of the stream that other nodes may not know yet. */
  long oldest(StreamId origin) {
    List<Long> offsets =
        last.values().stream()
            .filter(each -> each.stamp().origin().equals(origin))
            .map(each -> each.stamp().offset())
            .filter(offset -> offset > forgetting.safe(origin))
            .toList();
    return offsets.isEmpty() ? Long.MAX_VALUE : Collections.min(offsets);
  }
}
