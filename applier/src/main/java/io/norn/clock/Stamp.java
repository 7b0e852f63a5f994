package io.norn.clock;

/**
 * When an operation happened, in an order that is total and the same on all nodes.
 *
 * @param hlc hybrid logical clock, microseconds since the epoch
 * @param origin the stream in which the operation stands
 * @param offset its end in that stream
 */
public record Stamp(long hlc, StreamId origin, long offset) implements Comparable<Stamp> {
  /** Before all others. */
  public static final Stamp FIRST = new Stamp(-1, new StreamId("", ""), -1);

  @Override
  public int compareTo(Stamp other) {
    int byTime = Long.compare(hlc, other.hlc);
    if (byTime != 0) {
      return byTime;
    }
    int byOrigin = origin.compareTo(other.origin);
    return byOrigin != 0 ? byOrigin : Long.compare(offset, other.offset);
  }

  public boolean isAfter(Stamp other) {
    return compareTo(other) > 0;
  }

  @Override
  public String toString() {
    return hlc + "@" + origin + "/" + offset;
  }
}
