package io.norn.stream;

/**
 * One write of a client as it stands in a stream.
 *
 * @param db database selected at it
 * @param args name and arguments
 * @param endOffset stream offset right after it
 */
public record Change(int db, byte[][] args, long endOffset) {
  /** Rough size in memory. */
  public long bytes() {
    long sum = 64;
    for (byte[] arg : args) {
      sum += arg.length + 20L;
    }
    return sum;
  }
}
