package io.norn.apply;

import io.norn.merge.BatchLimits;

/**
 * Limits of the apply loop.
 *
 * @param limits of one transaction; at most 128 watched keys before Valkey 9, where WATCH is
 *     quadratic
 * @param barrierTimeoutMillis how long the own stream may take to show a barrier
 */
public record ApplySettings(BatchLimits limits, long barrierTimeoutMillis) {
  private static final long MAX_BATCH_BYTES = 256 << 10;

  /** The limits that suit a server. */
  public static ApplySettings forServer(boolean watchIsFast) {
    int maxKeys = watchIsFast ? 512 : 128;
    return new ApplySettings(new BatchLimits(maxKeys, MAX_BATCH_BYTES), 10_000);
  }
}
