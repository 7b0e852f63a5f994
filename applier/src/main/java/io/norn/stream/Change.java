package io.norn.stream;

import java.util.List;

/**
 * One write of a client as it stands in a stream.
 *
 * @param db database selected at it
 * @param args name and arguments
 * @param endOffset stream offset right after it
 */
public record Change(int db, byte[][] args, long endOffset) {
  /** Rough size of all of them. */
  public static long bytesOf(List<Change> changes) {
    long sum = 0;
    for (Change change : changes) {
      sum += change.bytes();
    }
    return sum;
  }

  /** Rough size in memory. */
  public long bytes() {
    long sum = 64;
    for (byte[] arg : args) {
      sum += arg.length + 20L;
    }
    return sum;
  }
}
