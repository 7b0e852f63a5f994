package io.norn.sim.mesh;

import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A client's operation with its place in the order of all.
 *
 * @param hlc time
 * @param node its node, then its stream
 * @param offset its end there
 * @param database where it ran
 * @param words the command as it stands in the stream
 * @param seen up to where its node had applied the streams of others
 */
record StampedOp(
    long hlc, String node, long offset, int database, List<String> words, Map<String, Long> seen)
    implements Comparable<StampedOp> {
  private static final Comparator<StampedOp> ORDER =
      Comparator.comparingLong(StampedOp::hlc)
          .thenComparing(StampedOp::node)
          .thenComparingLong(StampedOp::offset);

  /** True if the other stood there, or had been applied, when this one was executed. */
  boolean saw(StampedOp other) {
    return node.equals(other.node)
        ? other.offset < offset
        : other.offset <= seen.getOrDefault(other.node, -1L);
  }

  @Override
  public int compareTo(StampedOp other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return hlc + " " + node + "/" + offset + " [" + database + "] " + String.join(" ", words);
  }
}
