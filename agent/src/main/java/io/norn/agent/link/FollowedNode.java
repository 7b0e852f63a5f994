package io.norn.agent.link;

import io.norn.psync.PsyncRefusedException;

/** The node whose stream a link follows; no other link may follow it at the same time. */
final class FollowedNode {
  private final PeerContext context;
  private String node;

  FollowedNode(PeerContext context) {
    this.context = context;
  }

  /** False if another link follows the node. */
  boolean tryToFollow(String wanted) {
    return occupant(wanted) == null;
  }

  /**
   * Follows the node.
   *
   * @throws PsyncRefusedException if another link does already
   */
  void follow(String wanted) throws PsyncRefusedException {
    String other = occupant(wanted);
    if (other != null) {
      throw new PsyncRefusedException(
          "node "
              + wanted
              + " is followed as "
              + other
              + " already: remove one of the two addresses");
    }
  }

  private String occupant(String wanted) {
    String other = context.join().meeting().follow(wanted, context.endpoint().toString());
    if (other == null) {
      node = wanted;
      context
          .monitor()
          .with(
              state -> {
                state.forgetting().join(wanted);
                return null;
              });
    }
    return other;
  }

  void leave() {
    if (node != null) {
      context.join().meeting().leave(node, context.endpoint().toString());
    }
  }
}
