package io.norn.journal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/**
 * Where a journal lies and how much it may hold.
 *
 * @param directory its own directory, created when missing
 * @param sync when bytes are forced to the disk
 * @param maxBytes what may be deleted is deleted beyond this size
 * @param maxAge what may be deleted is deleted when older
 * @param reserveBytes free space of the file system below which nothing is appended
 */
public record JournalSettings(
    Path directory, SyncPolicy sync, long maxBytes, Duration maxAge, long reserveBytes) {
  public JournalSettings {
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(sync, "sync");
    Objects.requireNonNull(maxAge, "maxAge");
    if (maxBytes <= 0) {
      throw new IllegalArgumentException("journal size must be above 0 bytes, not " + maxBytes);
    }
    if (maxAge.isNegative() || maxAge.isZero()) {
      throw new IllegalArgumentException("journal age must be above 0, not " + maxAge);
    }
    if (reserveBytes < 0) {
      throw new IllegalArgumentException("reserve must not be negative: " + reserveBytes);
    }
  }
}
