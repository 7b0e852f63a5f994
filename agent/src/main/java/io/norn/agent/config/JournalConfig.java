package io.norn.agent.config;

/**
 * How streams are kept on disk.
 *
 * @param sync when journaled bytes are forced to disk
 * @param maxBytes of all journals together, above which what is applied is dropped
 * @param maxAgeMillis after which what is applied is dropped; 0 for never
 * @param reserveBytes free space of the disk below which journaling pauses
 */
public record JournalConfig(Sync sync, long maxBytes, long maxAgeMillis, long reserveBytes) {

  /** When to force journaled bytes to disk. */
  public enum Sync {
    NO,
    EVERYSEC,
    ALWAYS
  }
}
