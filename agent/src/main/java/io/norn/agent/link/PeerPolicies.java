package io.norn.agent.link;

import io.norn.agent.node.NodeRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a peer decides conflicts as this node does. */
public final class PeerPolicies {
  private static final Logger LOG = LoggerFactory.getLogger(PeerPolicies.class);

  private final String own;
  private volatile String theirs;

  PeerPolicies(String own) {
    this.own = own;
    this.theirs = own;
  }

  /** Compares what the peer says of itself, and tells of a difference that is new. */
  void check(NodeRecord peer) {
    String said = peer.fields().getOrDefault(NodeRecord.POLICIES, own);
    if (!said.equals(own) && !said.equals(theirs)) {
      LOG.warn(
          "Policies differ, and so will decisions: node '{}' has '{}', this one '{}'; make them"
              + " equal and start the agents again",
          peer.node(),
          said,
          own);
    }
    theirs = said;
  }

  /** {@code same}, or {@code differ} with those of the peer. */
  public String status() {
    String said = theirs;
    return said.equals(own) ? "same" : "differ (" + said + ")";
  }
}
