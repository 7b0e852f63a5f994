package io.norn.window;

import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import java.util.ArrayDeque;
import java.util.Iterator;

/**
 * The latest whole-key operation of one stream for many keys: what a load of plain {@code SET}s
 * leaves in the window. Compact, because during an outage it grows with the number of different
 * keys written.
 *
 * <p>Keys are known by 64-bit fingerprints. That two keys share one has a probability of about n /
 * 2^64 at each look-up among n entries.
 *
 * <p>Operations must be added in the order of the stream. They are kept in generations; a
 * generation is dropped when its last operation may be forgotten.
 */
final class WholeIndex {
  private static final int MIN_ENTRIES = 2048;
  private static final int MAX_GENERATIONS = 16;

  private final StreamId origin;
  private final ArrayDeque<WholeGeneration> newestFirst = new ArrayDeque<>();
  private long forgottenUpto = -1;

  WholeIndex(StreamId origin) {
    this.origin = origin;
  }

  /** True for an operation of this stream behind all that are here. */
  boolean isNext(WholeOp op) {
    return op.stamp().origin().equals(origin)
        && (newestFirst.isEmpty() || op.stamp().offset() > newestFirst.peekFirst().lastOffset());
  }

  void add(DbKey key, WholeOp op) {
    long fingerprint = KeySet.fingerprint(key);
    WholeGeneration newest = newestFirst.peekFirst();
    if (newest == null || !newest.add(fingerprint, op)) {
      if (newestFirst.size() >= MAX_GENERATIONS) {
        mergeAll();
      }
      int entries = Math.max(MIN_ENTRIES, size() / 4);
      WholeGeneration fresh = new WholeGeneration(origin, op.stamp().offset(), entries);
      fresh.add(fingerprint, op);
      newestFirst.addFirst(fresh);
    }
  }

  /** Null if nothing is remembered of the key. */
  WholeOp get(DbKey key) {
    if (newestFirst.isEmpty()) {
      return null;
    }
    long fingerprint = KeySet.fingerprint(key);
    for (WholeGeneration generation : newestFirst) {
      if (generation.knows(fingerprint)) {
        WholeOp op = generation.get(fingerprint);
        return op != null && op.stamp().offset() > forgottenUpto ? op : null;
      }
    }
    return null;
  }

  /** Forgets a key. */
  void drop(DbKey key) {
    long fingerprint = KeySet.fingerprint(key);
    for (WholeGeneration generation : newestFirst) {
      if (generation.knows(fingerprint)) {
        generation.drop(fingerprint);
        return;
      }
    }
  }

  /**
   * One generation for all, without what is forgotten or overwritten; impossible, and left alone,
   * over more than 2 GB of stream.
   */
  private void mergeAll() {
    long first = Math.max(newestFirst.peekLast().firstOffset(), forgottenUpto + 1);
    if (newestFirst.peekFirst().lastOffset() - first > Integer.MAX_VALUE) {
      return;
    }
    WholeGeneration merged = new WholeGeneration(origin, first, size());
    newestFirst.forEach(generation -> generation.copyInto(merged, forgottenUpto));
    newestFirst.clear();
    newestFirst.add(merged);
  }

  void forget(long upto) {
    forgottenUpto = Math.max(forgottenUpto, upto);
    while (!newestFirst.isEmpty() && newestFirst.peekLast().lastOffset() <= forgottenUpto) {
      newestFirst.pollLast();
    }
  }

  /** First offset that may still be remembered; {@link Long#MAX_VALUE} if nothing is. */
  long oldest() {
    return newestFirst.isEmpty()
        ? Long.MAX_VALUE
        : Math.max(newestFirst.peekLast().firstOffset(), forgottenUpto + 1);
  }

  /** Number of entries, some of which may be forgotten already. */
  int size() {
    int size = 0;
    for (Iterator<WholeGeneration> each = newestFirst.iterator(); each.hasNext(); ) {
      size += each.next().size();
    }
    return size;
  }
}
