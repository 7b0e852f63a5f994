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

  void add(DbKey key, WholeOp op) {
    long fingerprint = fingerprint(key);
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
    long fingerprint = fingerprint(key);
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
    long fingerprint = fingerprint(key);
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

  /**
   * Eight bytes at a time, mixed with the finalizer of MurmurHash3 (public domain, Austin Appleby).
   */
  private static long fingerprint(DbKey key) {
    byte[] raw = key.key().raw();
    long hash = mix(0x9E3779B97F4A7C15L + key.db() * 31L + raw.length);
    for (int from = 0; from < raw.length; from += 8) {
      long word = 0;
      for (int i = from; i < Math.min(raw.length, from + 8); i++) {
        word = word << 8 | (raw[i] & 0xff);
      }
      hash = mix(hash ^ mix(word + 0xC2B2AE3D27D4EB4FL)) * 0x9FB21C651E98DF25L;
    }
    return mix(hash);
  }

  private static long mix(long value) {
    long mixed = value;
    mixed = (mixed ^ (mixed >>> 33)) * 0xFF51AFD7ED558CCDL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xC4CEB9FE1A85EC53L;
    return mixed ^ (mixed >>> 33);
  }
}
