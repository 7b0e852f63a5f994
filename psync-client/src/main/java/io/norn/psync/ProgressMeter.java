package io.norn.psync;

import java.util.concurrent.TimeUnit;

/** Counts received bytes, and reports them four times a second and at the end. */
final class ProgressMeter {
  private static final long PERIOD_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private final SnapshotProgress progress;
  private final long totalBytes;
  private long receivedBytes;
  private long reportedNanos = System.nanoTime();

  ProgressMeter(SnapshotProgress progress, long totalBytes) {
    this.progress = progress;
    this.totalBytes = totalBytes;
  }

  void add(int bytes) {
    receivedBytes += bytes;
    long now = System.nanoTime();
    if (now - reportedNanos >= PERIOD_NANOS) {
      reportedNanos = now;
      progress.received(receivedBytes, totalBytes);
    }
  }

  void finish() {
    progress.received(receivedBytes, totalBytes);
  }
}
