package io.norn.psync;

import java.util.Optional;

/**
 * What to ask a primary for.
 *
 * @param from where to go on, or empty to begin with a snapshot
 * @param snapshot what to get when it cannot continue from there
 */
public record SyncRequest(Optional<Position> from, Snapshot snapshot) {

  /** What a full resync sends. */
  public enum Snapshot {
    /** The whole dataset. */
    FULL,
    /** An RDB without keys, which costs the primary next to nothing. */
    EMPTY
  }
}
