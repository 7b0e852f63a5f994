package io.norn.clock;

import java.util.Comparator;

/**
 * One history of one node.
 *
 * @param node node id
 * @param stream the first replid under which the node's agent knew this history
 */
public record StreamId(String node, String stream) implements Comparable<StreamId> {
  private static final Comparator<StreamId> ORDER =
      Comparator.comparing(StreamId::node).thenComparing(StreamId::stream);

  @Override
  public int compareTo(StreamId other) {
    return this == other ? 0 : ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return node + ":" + stream;
  }
}
