package io.norn.window;

import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Element;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Where entries of the window are, in the order of their streams. */
final class Traces {
  private static final int COMPACT_ABOVE = 4096;

  private final BiPredicate<Trace, StreamId> isThere;
  private final Map<StreamId, ArrayDeque<Trace>> byOrigin = new HashMap<>();
  private final Map<StreamId, Integer> compactAbove = new HashMap<>();

  /**
   * Starts with none.
   *
   * @param isThere false of a trace that leads nowhere any more
   */
  Traces(BiPredicate<Trace, StreamId> isThere) {
    this.isThere = isThere;
  }

  /** An entry is found again by it when it can be forgotten. */
  record Trace(long offset, DbKey key, Element element) {}

  /** Takes traces that are not to be found again. */
  interface Forgetter {
    void forget(Trace trace, StreamId origin, long upto);
  }

  void add(StreamId origin, Trace trace) {
    ArrayDeque<Trace> queue = byOrigin.computeIfAbsent(origin, s -> new ArrayDeque<>());
    queue.add(trace);
    if (queue.size() > compactAbove.getOrDefault(origin, COMPACT_ABOVE)) {
      compact(origin, queue);
    }
  }

  /** A key written again and again leaves traces that lead nowhere. */
  private void compact(StreamId origin, ArrayDeque<Trace> queue) {
    queue.removeIf(trace -> !isThere.test(trace, origin));
    compactAbove.put(origin, Math.max(COMPACT_ABOVE, 2 * queue.size()));
  }

  /** Hands out what stands up to some offset of its stream, but for what is held. */
  void forget(ToLongFunction<StreamId> safe, Predicate<Trace> isHeld, Forgetter forgetter) {
    byOrigin.forEach(
        (origin, queue) -> {
          long upto = safe.applyAsLong(origin);
          ArrayDeque<Trace> held = new ArrayDeque<>(0);
          while (!queue.isEmpty() && queue.peek().offset() <= upto) {
            Trace trace = queue.poll();
            if (isHeld.test(trace)) {
              held.push(trace);
            } else {
              forgetter.forget(trace, origin, upto);
            }
          }
          held.forEach(queue::addFirst);
        });
  }

  /** First offset of a stream that is not forgotten; {@link Long#MAX_VALUE} for none. */
  long oldest(StreamId origin) {
    ArrayDeque<Trace> queue = byOrigin.get(origin);
    return queue == null || queue.isEmpty() ? Long.MAX_VALUE : queue.peek().offset();
  }

  int size() {
    return byOrigin.values().stream().mapToInt(ArrayDeque::size).sum();
  }
}
