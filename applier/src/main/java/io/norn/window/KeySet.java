package io.norn.window;

import io.norn.command.DbKey;

/**
 * A set of very many keys, known by 64-bit fingerprints: some ten bytes a key. That a key is taken
 * for a member though it is none has a probability of about n / 2^64. Not thread-safe.
 */
public final class KeySet {
  private static final int MIN_SLOTS = 1024;

  private long[] slots = new long[MIN_SLOTS];
  private int size;

  public void add(DbKey key) {
    if (3 * size > 2 * slots.length) {
      grow();
    }
    insert(nonZero(fingerprint(key)));
  }

  public boolean contains(DbKey key) {
    long fingerprint = nonZero(fingerprint(key));
    return slots[slot(fingerprint)] == fingerprint;
  }

  public int size() {
    return size;
  }

  private void insert(long fingerprint) {
    int slot = slot(fingerprint);
    if (slots[slot] == 0) {
      slots[slot] = fingerprint;
      size++;
    }
  }

  private void grow() {
    long[] old = slots;
    slots = new long[2 * old.length];
    size = 0;
    for (long fingerprint : old) {
      if (fingerprint != 0) {
        insert(fingerprint);
      }
    }
  }

  /** The slot of the fingerprint, or the empty one where it would go. */
  private int slot(long fingerprint) {
    int slot = (int) fingerprint & (slots.length - 1);
    while (slots[slot] != 0 && slots[slot] != fingerprint) {
      slot = (slot + 1) & (slots.length - 1);
    }
    return slot;
  }

  /** Zero marks an empty slot. */
  private static long nonZero(long fingerprint) {
    return fingerprint == 0 ? 1 : fingerprint;
  }

  /**
   * Eight bytes at a time, mixed with the finalizer of MurmurHash3 (public domain, Austin Appleby).
   */
  static long fingerprint(DbKey key) {
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
