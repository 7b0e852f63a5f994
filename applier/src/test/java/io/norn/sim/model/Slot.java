package io.norn.sim.model;

/**
 * A key's value and when it expires.
 *
 * @param value what it holds; aggregates are changed in place
 * @param expiresAtMillis absolute time, or {@link #NEVER}
 */
record Slot(Value value, long expiresAtMillis) {
  static final long NEVER = -1;

  boolean isExpiredAt(long nowMillis) {
    return expiresAtMillis != NEVER && expiresAtMillis <= nowMillis;
  }

  Slot withExpiry(long millis) {
    return new Slot(value, millis);
  }

  Slot copy() {
    return new Slot(value.copy(), expiresAtMillis);
  }
}
