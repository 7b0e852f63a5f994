package io.norn.agent.link;

import io.norn.agent.node.NodeRecord;
import io.norn.agent.part.LinkState;

/** Of two nodes without a common point, who merges first. */
final class MergeOrder {
  private MergeOrder() {}

  /**
   * The one with the larger id merges first. A peer that knew this node before and lost what it had
   * waits for us.
   *
   * @throws WaitingException if it is not our turn
   */
  static void requireTurn(String own, NodeRecord peer) throws WaitingException {
    boolean knowsUs = peer.knows(own);
    boolean followsUs = peer.follows().contains(own) || peer.follows().contains("?");
    boolean waitsForUs = peer.forgot(own);
    if (!knowsUs && followsUs && !waitsForUs && own.compareTo(peer.node()) < 0) {
      throw new WaitingException(
          LinkState.WAITING_FOR_PEER_MERGE,
          "node " + peer.node() + " merges this node's data first");
    }
  }
}
