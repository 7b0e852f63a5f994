package io.norn.agent.link;

import io.norn.agent.node.NodeRecord;
import io.norn.agent.node.SmallFile;
import io.norn.psync.PsyncRefusedException;
import java.io.IOException;

/**
 * Who a peer is: two nodes of one name would silently skip each other's writes, so a known name
 * with another incarnation is refused.
 */
final class PeerIdentity {
  private final SmallFile file;
  private final String ownNode;
  private volatile String known;

  PeerIdentity(SmallFile file, String ownNode) throws IOException {
    this.file = file;
    this.ownNode = ownNode;
    this.known = file.read().orElse("");
  }

  /** Node id; empty until the first contact. */
  String node() {
    return known.isEmpty() ? "" : known.split(" ", -1)[0];
  }

  void check(NodeRecord peer) throws IOException {
    if (peer.node().equals(ownNode)) {
      throw new PsyncRefusedException(
          "the peer has this node's own id '" + ownNode + "': give each node an id of its own");
    }
    String seen = peer.node() + " " + peer.incarnation();
    if (known.isEmpty()) {
      file.write(seen);
      known = seen;
    } else if (!known.equals(seen)) {
      throw new PsyncRefusedException(
          "the peer was node '"
              + known
              + "' and is '"
              + seen
              + "' now: if that is meant, remove it with 'norn peer remove' and add it again");
    }
  }
}
