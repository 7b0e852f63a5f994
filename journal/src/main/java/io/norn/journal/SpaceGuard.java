package io.norn.journal;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Refuses appends that would leave less than the reserve free. Writing into a mapped file of a full
 * file system kills the process or, worse, leaves wrong bytes behind, so it is asked before. The
 * answer of the file system is believed for a short time and few bytes only.
 */
final class SpaceGuard {
  private static final long BELIEVED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long BELIEVED_BYTES = 1L << 20;

  /** Index pages, and a new generation with its metadata. */
  private static final long OVERHEAD_BYTES = 512L << 10;

  private final Path directory;
  private final long reserveBytes;
  private final SpaceProbe probe;
  private final LongSupplier nanoTime;
  private long allowedBytes;
  private long askedNanos;

  SpaceGuard(Path directory, long reserveBytes, SpaceProbe probe, LongSupplier nanoTime) {
    this.directory = directory;
    this.reserveBytes = reserveBytes;
    this.probe = probe;
    this.nanoTime = nanoTime;
  }

  /** Takes {@code bytes} of the free space, or throws. */
  void take(long bytes) throws IOException {
    if (bytes > allowedBytes || nanoTime.getAsLong() - askedNanos > BELIEVED_NANOS) {
      ask(bytes);
    }
    allowedBytes -= bytes;
  }

  private void ask(long bytes) throws IOException {
    allowedBytes = 0;
    askedNanos = nanoTime.getAsLong();
    long usable = probe.usableBytes();
    long spare = usable - reserveBytes - OVERHEAD_BYTES - bytes;
    if (spare < 0) {
      throw new DiskFullException(
          String.format(
              "disk of journal %s is nearly full: %d bytes free, %d kept in reserve;"
                  + " free space or lower journal-max-size, writing goes on by itself",
              directory, usable, reserveBytes));
    }
    allowedBytes = bytes + Math.min(spare, BELIEVED_BYTES);
  }
}
