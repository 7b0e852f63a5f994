package io.norn.sim.mesh;

import java.util.Comparator;
import java.util.List;

/**
 * A client's operation with its place in the order of all.
 *
 * @param hlc time
 * @param node its node, then its stream
 * @param offset its end there
 * @param database where it ran
 * @param words the command as it stands in the stream
 */
record StampedOp(long hlc, String node, long offset, int database, List<String> words)
    implements Comparable<StampedOp> {
  private static final Comparator<StampedOp> ORDER =
      Comparator.comparingLong(StampedOp::hlc)
          .thenComparing(StampedOp::node)
          .thenComparingLong(StampedOp::offset);

  @Override
  public int compareTo(StampedOp other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return hlc + " " + node + "/" + offset + " [" + database + "] " + String.join(" ", words);
  }
}
