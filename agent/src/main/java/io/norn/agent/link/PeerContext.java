package io.norn.agent.link;

import io.norn.agent.join.JoinContext;
import io.norn.apply.NodeMonitor;
import io.norn.journal.SyncPolicy;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import io.norn.stream.VersionVector;
import java.util.function.Consumer;

/**
 * What the link to one peer works with.
 *
 * @param endpoint the peer's primary
 * @param settings of the replication link
 * @param directory what is kept about the peer
 * @param monitor the node's state
 * @param atStart what the local server had taken in when the agent started; its own stream is only
 *     read up to there later
 * @param policy when the journal is forced to disk
 * @param maxClockSkewMillis how far ahead the peer's clock may be before it is reported
 * @param agents where the agents of all peers answer
 * @param policies whether the peer decides conflicts as this node does
 * @param join what a merge of the peer's snapshot works with
 * @param onCrash told in one line of a bug that ended one of the link's threads
 */
public record PeerContext(
    Endpoint endpoint,
    LinkSettings settings,
    PeerDirectory directory,
    NodeMonitor monitor,
    VersionVector atStart,
    SyncPolicy policy,
    long maxClockSkewMillis,
    PeerAgents agents,
    PeerPolicies policies,
    JoinContext join,
    Consumer<String> onCrash) {

  String ownNode() {
    return monitor.with(state -> state.ownStream().node());
  }
}
