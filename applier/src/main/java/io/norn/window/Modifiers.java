package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ElementOp;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Operations on one element that depend on what was there, by stream and in its order: what is
 * overwritten or forgotten is always the oldest of a stream, so a hot counter costs no more per
 * operation than a cold one.
 */
final class Modifiers {
  private final Map<StreamId, ArrayDeque<LaterOp>> byOrigin = new HashMap<>(2);
  private boolean hasAdds;
  private boolean hasRaises;
  private boolean hasLowers;

  Modifiers copy() {
    Modifiers copy = new Modifiers();
    byOrigin.forEach((origin, queue) -> copy.byOrigin.put(origin, new ArrayDeque<>(queue)));
    copy.hasAdds = hasAdds;
    copy.hasRaises = hasRaises;
    copy.hasLowers = hasLowers;
    return copy;
  }

  void add(LaterOp op) {
    byOrigin.computeIfAbsent(op.stamp().origin(), s -> new ArrayDeque<>(2)).add(op);
    hasAdds |= op.op() instanceof ElementOp.Add;
    hasRaises |= op.op() instanceof ElementOp.Bound bound && bound.flag().equals("GT");
    hasLowers |= op.op() instanceof ElementOp.Bound bound && bound.flag().equals("LT");
  }

  /** True if a later one and this one give another result in the other order. */
  boolean clashAfter(Stamp stamp, ElementOp op) {
    return !op.overwrites() && mayClash(op) && anyAfter(stamp, op);
  }

  private boolean mayClash(ElementOp op) {
    if (op instanceof ElementOp.Bound bound) {
      return hasAdds || (bound.flag().equals("GT") ? hasLowers : hasRaises);
    }
    return hasRaises || hasLowers;
  }

  private boolean anyAfter(Stamp stamp, ElementOp op) {
    boolean[] found = {false};
    eachAfter(stamp, later -> found[0] |= !op.commutesWith(later.op()));
    return found[0];
  }

  void eachAfter(Stamp stamp, Consumer<LaterOp> out) {
    for (ArrayDeque<LaterOp> queue : byOrigin.values()) {
      if (queue.peekLast().stamp().isAfter(stamp)) {
        queue.stream().filter(each -> each.stamp().isAfter(stamp)).forEach(out);
      }
    }
  }

  void forgetBefore(Stamp stamp) {
    byOrigin.values().forEach(queue -> dropWhileBefore(queue, stamp));
    byOrigin.values().removeIf(ArrayDeque::isEmpty);
  }

  private static void dropWhileBefore(ArrayDeque<LaterOp> queue, Stamp stamp) {
    while (!queue.isEmpty() && stamp.isAfter(queue.peek().stamp())) {
      queue.poll();
    }
  }

  void forget(StreamId origin, long upto) {
    ArrayDeque<LaterOp> queue = byOrigin.get(origin);
    while (queue != null && !queue.isEmpty() && queue.peek().stamp().offset() <= upto) {
      queue.poll();
    }
    if (queue != null && queue.isEmpty()) {
      byOrigin.remove(origin);
    }
  }

  /** All from the oldest on are there, so the ends tell. */
  boolean holds(StreamId origin, long offset) {
    ArrayDeque<LaterOp> queue = byOrigin.get(origin);
    return queue != null
        && queue.peek().stamp().offset() <= offset
        && queue.peekLast().stamp().offset() >= offset;
  }

  boolean isOf(Predicate<StreamId> origin) {
    return byOrigin.keySet().stream().anyMatch(origin);
  }

  boolean isEmpty() {
    return byOrigin.isEmpty();
  }
}
