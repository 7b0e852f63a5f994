package io.norn.psync;

/** Told now and then how much of a snapshot is there. */
@FunctionalInterface
public interface SnapshotProgress {

  /**
   * Called some times a second by the receiving thread.
   *
   * @param bytes received so far
   * @param totalBytes size of the snapshot, or -1 if the primary did not say
   */
  void received(long bytes, long totalBytes);
}
