package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ValueType;
import java.util.List;

/**
 * Stamps of whole-key operations of one stretch of a stream, in flat arrays: an open-addressing
 * table from fingerprints of keys to the latest stamp, about 30 bytes an entry.
 */
final class WholeGeneration {
  private static final double MAX_LOAD = 0.7;
  private static final byte DROPPED = -1;
  private static final List<ValueType> TYPES = List.of(ValueType.values());

  private final StreamId origin;
  private final long firstOffset;
  private final long[] fingerprints;
  private final long[] hlcs;
  private final int[] offsetDeltas;
  private final byte[] types;
  private final int mask;
  private long lastOffset;
  private int size;

  /**
   * Makes an empty one.
   *
   * @param firstOffset offset of the first operation that will be added
   * @param entries how many fit
   */
  WholeGeneration(StreamId origin, long firstOffset, int entries) {
    int slots = Integer.highestOneBit(Math.max(16, (int) (entries / MAX_LOAD)) - 1) << 1;
    this.origin = origin;
    this.firstOffset = firstOffset;
    this.lastOffset = firstOffset;
    this.fingerprints = new long[slots];
    this.hlcs = new long[slots];
    this.offsetDeltas = new int[slots];
    this.types = new byte[slots];
    this.mask = slots - 1;
  }

  /** False if there is no room; then nothing has changed. */
  boolean add(long fingerprint, WholeOp op) {
    long offset = op.stamp().offset();
    long delta = offset - firstOffset;
    int slot = slot(fingerprint);
    boolean isNew = hlcs[slot] == 0;
    if (delta > Integer.MAX_VALUE || (isNew && size >= fingerprints.length * MAX_LOAD)) {
      return false;
    }
    if (isNew) {
      fingerprints[slot] = fingerprint;
      size++;
    }
    hlcs[slot] = op.stamp().hlc();
    offsetDeltas[slot] = (int) delta;
    types[slot] = (byte) TYPES.indexOf(op.type());
    lastOffset = Math.max(lastOffset, offset);
    return true;
  }

  /** The latest operation on the key; null if there is none. */
  WholeOp get(long fingerprint) {
    int slot = slot(fingerprint);
    return hlcs[slot] == 0 || types[slot] == DROPPED ? null : at(slot);
  }

  boolean knows(long fingerprint) {
    return hlcs[slot(fingerprint)] != 0;
  }

  /** The key's entry counts no more, and hides those of older generations. */
  void drop(long fingerprint) {
    types[slot(fingerprint)] = DROPPED;
  }

  private WholeOp at(int slot) {
    Stamp stamp = new Stamp(hlcs[slot], origin, firstOffset + offsetDeltas[slot]);
    return new WholeOp(stamp, TYPES.get(types[slot]));
  }

  /**
   * The slot of the key, or the empty one where it would go. A time of zero marks an empty slot.
   */
  private int slot(long fingerprint) {
    int slot = (int) fingerprint & mask;
    while (hlcs[slot] != 0 && fingerprints[slot] != fingerprint) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /**
   * Puts everything that stands behind an offset into another generation, where it is not there
   * already.
   */
  void copyInto(WholeGeneration target, long forgottenUpto) {
    for (int slot = 0; slot <= mask; slot++) {
      long offset = firstOffset + offsetDeltas[slot];
      boolean live = hlcs[slot] != 0 && offset > forgottenUpto;
      if (live && !target.knows(fingerprints[slot])) {
        target.copy(fingerprints[slot], hlcs[slot], offset, types[slot]);
      }
    }
    target.lastOffset = Math.max(target.lastOffset, lastOffset);
  }

  private void copy(long fingerprint, long hlc, long offset, byte type) {
    int slot = slot(fingerprint);
    fingerprints[slot] = fingerprint;
    hlcs[slot] = hlc;
    offsetDeltas[slot] = (int) (offset - firstOffset);
    types[slot] = type;
    size++;
  }

  long firstOffset() {
    return firstOffset;
  }

  long lastOffset() {
    return lastOffset;
  }

  int size() {
    return size;
  }
}
