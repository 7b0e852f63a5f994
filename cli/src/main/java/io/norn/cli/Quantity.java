package io.norn.cli;

import java.util.Locale;

/** Numbers of the status in the units that people read. */
final class Quantity {
  private static final String[] SIZES = {"B", "KB", "MB", "GB", "TB"};

  private Quantity() {}

  /** Such as {@code 1.2 MB}. */
  static String bytes(long bytes) {
    double size = bytes;
    int unit = 0;
    while (size >= 1024 && unit < SIZES.length - 1) {
      size /= 1024;
      unit++;
    }
    return decimal(size, unit == 0) + " " + SIZES[unit];
  }

  /** Such as {@code 340 ms}, {@code 2.5 s} or {@code 3 h 20 min}. */
  static String millis(long millis) {
    if (millis < 1_000) {
      return millis + " ms";
    }
    long minutes = millis / 60_000;
    if (minutes == 0) {
      return decimal(millis / 1e3, false) + " s";
    }
    return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }

  private static String decimal(double value, boolean isWhole) {
    return String.format(Locale.ROOT, isWhole || value >= 10 ? "%.0f" : "%.1f", value);
  }
}
