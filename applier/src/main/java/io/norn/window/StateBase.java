package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;

/**
 * A published state on which the key stands here: it holds the effect of everything that its node
 * had seen.
 *
 * @param stamp its place
 * @param seen version vector of its node there
 * @param type type of the value; {@link ValueType#NONE} if the key had gone there
 */
public record StateBase(Stamp stamp, VersionVector seen, ValueType type) {

  boolean isAbsent() {
    return type == ValueType.NONE;
  }

  /** The one on which a key stands; null for none. */
  public static StateBase of(KeyWindow key) {
    return key.opaques() == null ? null : key.opaques().base();
  }

  boolean covers(Stamp other) {
    return stamp.origin().equals(other.origin())
        ? other.offset() <= stamp.offset()
        : seen.covers(other.origin(), other.offset());
  }
}
