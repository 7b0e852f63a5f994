package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.ElementOp;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.concurrent.TimeUnit;

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

  /**
   * True of a time to live at the end of which the state was still there: it was held against the
   * expiry, and would go at once if the time were set again.
   */
  boolean outlives(ElementOp op) {
    return op instanceof ElementOp.Put put
        && put.element().isExpiry()
        && TimeUnit.MILLISECONDS.toMicros(Text.integer(put.value()).orElse(Long.MAX_VALUE))
            <= stamp.hlc();
  }

  /** True of a time to live that the state outlived on which a key stands. */
  public static boolean outlives(KeyWindow key, ElementOp op) {
    StateBase base = of(key);
    return base != null && base.outlives(op);
  }

  public boolean covers(Stamp other) {
    return stamp.origin().equals(other.origin())
        ? other.offset() <= stamp.offset()
        : seen.covers(other.origin(), other.offset());
  }
}
