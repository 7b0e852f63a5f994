package io.norn.journal;

/** When appended bytes are forced to the disk; the names are those of {@code appendfsync}. */
public enum SyncPolicy {
  /** The kernel decides; a power failure may lose what it had not written yet. */
  NO,
  /** A thread forces them once a second. */
  EVERYSEC,
  /** The caller forces them with {@link Journal#sync()} before it acknowledges them. */
  ALWAYS
}
