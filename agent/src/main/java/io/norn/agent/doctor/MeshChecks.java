package io.norn.agent.doctor;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.node.NodeRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whether the nodes fit together. */
final class MeshChecks {
  private final AgentConfig config;
  private final Findings findings;

  MeshChecks(AgentConfig config, Findings findings) {
    this.config = config;
    this.findings = findings;
  }

  /**
   * Compares them.
   *
   * @param own the own server; null if it could not be examined
   */
  void run(ServerFacts own, List<ServerFacts> peers) {
    if (own != null) {
      ownName(own);
    }
    Map<String, String> names = new HashMap<>(Map.of(config.identity().nodeId(), "this node"));
    Map<String, String> runs = new HashMap<>();
    if (own != null) {
      runs.put(own.info().runId(), own.where());
    }
    for (ServerFacts peer : peers) {
      boolean isSame = sameServer(peer, runs);
      if (!isSame) {
        peer(peer);
        name(peer, names);
      }
    }
  }

  private void ownName(ServerFacts own) {
    String name = own.record().node();
    if (own.record().hasAgent() && !name.equals(config.identity().nodeId())) {
      findings.error(
          own.where(),
          "holds the data of node '"
              + name
              + "', but this node is '"
              + config.identity().nodeId()
              + "'",
          "correct node-id, or start anew: " + own.cli() + " DEL __norn __norn:v");
    }
  }

  /** Two addresses of one server would be followed twice. */
  private boolean sameServer(ServerFacts peer, Map<String, String> runs) {
    String other = runs.putIfAbsent(peer.info().runId(), peer.where());
    if (other == null || peer.info().runId().isEmpty()) {
      return false;
    }
    findings.error(
        peer.where(),
        "is the same server as " + other,
        "norn peer remove " + peer.address().host() + " " + peer.address().port());
    return true;
  }

  private void name(ServerFacts peer, Map<String, String> names) {
    if (!peer.record().hasAgent()) {
      return;
    }
    String other = names.putIfAbsent(peer.record().node(), peer.where());
    if (other != null) {
      findings.error(
          peer.where(),
          "node id '" + peer.record().node() + "' is taken twice: by " + other + ", too",
          "give one of the two another node-id and an empty dir, and remove __norn and __norn:v"
              + " from its server");
    }
  }

  private void peer(ServerFacts peer) {
    NodeRecord record = peer.record();
    if (!record.hasAgent()) {
      findings.error(
          peer.where(),
          "no agent has run beside it yet",
          "start one there: norn agent --local HOST PORT --replicaof HOST PORT");
      return;
    }
    follows(peer);
    format(peer);
    policies(peer);
  }

  private void follows(ServerFacts peer) {
    List<String> follows = peer.record().follows();
    if (!follows.contains(config.identity().nodeId()) && !follows.contains("?")) {
      findings.warning(
          peer.where(),
          "node '" + peer.record().node() + "' does not follow this node",
          "norn -a "
              + peer.record().fields().getOrDefault(NodeRecord.ADDRESS, "ITS-AGENT")
              + " peer add HOST PORT, with this node's server as it is reached from there");
    }
  }

  private void format(ServerFacts peer) {
    String format = peer.record().fields().getOrDefault(NodeRecord.FORMAT, "?");
    if (!format.equals(NodeRecord.CURRENT_FORMAT)) {
      findings.error(
          peer.where(),
          "its agent writes format "
              + format
              + " of the reserved keys, this one "
              + NodeRecord.CURRENT_FORMAT,
          "run the same version of Norn on both");
    }
  }

  private void policies(ServerFacts peer) {
    String own = config.policies().shared();
    String theirs = peer.record().fields().getOrDefault(NodeRecord.POLICIES, own);
    if (!theirs.equals(own)) {
      findings.error(
          peer.where(),
          "its policies are '" + theirs + "', those of this node '" + own + "'",
          "make them equal, or the nodes will decide differently");
    }
  }
}
