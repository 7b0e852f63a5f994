package io.norn.apply;

import io.norn.merge.BatchLimits;

/** Halves batches that clients keep breaking, and lets them grow again. */
final class BatchSizer {
  private static final int MAX_SHIFT = 7;

  private final BatchLimits full;
  private int shift;
  private int successes;

  BatchSizer(BatchLimits full) {
    this.full = full;
  }

  BatchLimits limits() {
    BatchLimits limits = full;
    for (int i = 0; i < shift; i++) {
      limits = limits.halved();
    }
    return limits;
  }

  void aborted() {
    shift = Math.min(MAX_SHIFT, shift + 1);
    successes = 0;
  }

  void committed() {
    if (shift > 0 && ++successes >= 4) {
      shift--;
      successes = 0;
    }
  }
}
