package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.stream.VersionVector;

/**
 * When an operation happened and what its node had seen by then.
 *
 * @param stamp when
 * @param seen the node's version vector
 */
record Sight(Stamp stamp, VersionVector seen) {

  /** True of what its node had seen, and of itself. */
  boolean covers(Stamp other) {
    return stamp.origin().equals(other.origin())
        ? other.offset() <= stamp.offset()
        : seen.covers(other.origin(), other.offset());
  }

  /** True if it covers everything that the other covers. */
  boolean coversAll(Sight other) {
    return covers(other.stamp) && seen.coversAll(other.seen);
  }
}
