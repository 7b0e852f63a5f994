package io.norn.window;

import io.norn.clock.StreamId;
import io.norn.stream.VersionVector;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * How far each stream is known to be in at every other node. An operation that is in everywhere
 * cannot be concurrent with anything that is still to come, so it may be forgotten.
 */
public final class Forgetting {
  private final String ownNode;
  private final Set<String> mesh = new HashSet<>();
  private final Map<String, VersionVector> known = new HashMap<>();

  public Forgetting(String ownNode) {
    this.ownNode = ownNode;
  }

  /** From now on the node counts; until it is known what it has, nothing of others is forgotten. */
  public void join(String node) {
    if (!node.equals(ownNode)) {
      mesh.add(node);
    }
  }

  /** The node does not count any more. */
  public void leave(String node) {
    mesh.remove(node);
    known.remove(node);
  }

  public Set<String> mesh() {
    return Set.copyOf(mesh);
  }

  /**
   * A node has all this in, and everything that stands before its word in its stream has been
   * applied here.
   */
  public void learn(String node, VersionVector vector) {
    known.put(node, vector);
  }

  /** What is known of a node; empty if nothing is. */
  public VersionVector knownOf(String node) {
    return known.getOrDefault(node, VersionVector.EMPTY);
  }

  /** Offset up to which operations of the stream may be forgotten. */
  public long safe(StreamId stream) {
    long safe = Long.MAX_VALUE;
    for (String node : mesh) {
      if (!node.equals(stream.node())) {
        safe = Math.min(safe, knownOf(node).offset(stream));
      }
    }
    return safe;
  }
}
