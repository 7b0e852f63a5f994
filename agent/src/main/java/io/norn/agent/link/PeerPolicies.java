package io.norn.agent.link;

import io.norn.agent.node.NodeRecord;
import io.norn.server.ServerConnection;
import io.norn.stream.Reserved;
import io.norn.stream.Text;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether a peer decides conflicts as this node does. */
public final class PeerPolicies {
  private static final Logger LOG = LoggerFactory.getLogger(PeerPolicies.class);

  private final String own;
  private volatile String theirs;

  /**
   * Takes them for the same until the peer says otherwise.
   *
   * @param own how this node decides, as it tells others
   */
  public PeerPolicies(String own) {
    this.own = own;
    this.theirs = own;
  }

  /** Compares what the peer says of itself, and tells of a difference that is new. */
  void check(NodeRecord peer) {
    heard(peer.node(), peer.fields().getOrDefault(NodeRecord.POLICIES, own));
  }

  /**
   * The peer's agent wrote this into its stream, as it does when it starts; any command will do.
   */
  void check(String node, byte[][] command) {
    boolean isRecord =
        command.length > 3
            && Text.is(command[0], "HSET")
            && Text.latin1(command[1]).equals(Reserved.NODE_KEY);
    for (int i = 2; isRecord && i + 1 < command.length; i += 2) {
      if (Text.latin1(command[i]).equals(NodeRecord.POLICIES)) {
        heard(node, ServerConnection.text(command[i + 1]));
      }
    }
  }

  private void heard(String node, String said) {
    if (!said.equals(own) && !said.equals(theirs)) {
      LOG.warn(
          "Policies differ, and so will decisions: node '{}' has '{}', this one '{}'; make them"
              + " equal and start the agents again",
          node,
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
