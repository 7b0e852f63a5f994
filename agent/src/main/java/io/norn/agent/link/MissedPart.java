package io.norn.agent.link;

import io.norn.agent.node.NodeRecord;
import io.norn.agent.node.SmallFile;
import io.norn.agent.part.Traffic;
import io.norn.journal.Journal;
import io.norn.journal.SyncPolicy;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import io.norn.psync.PrimaryInfo;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gets what was written to the local server while this agent was down, and is not in its backlog
 * any more: peers have read on meanwhile, and stamped it.
 */
public final class MissedPart {
  private static final Logger LOG = LoggerFactory.getLogger(MissedPart.class);
  private static final int TIMEOUT_MILLIS = 2000;

  private final LinkSettings local;
  private final SyncPolicy policy;
  private final List<Endpoint> peers;
  private final PeerAgents agents;

  /**
   * Prepares it.
   *
   * @param local link to the local server
   * @param peers servers of the configured peers
   * @param agents learns where their agents answer
   */
  public MissedPart(
      LinkSettings local, SyncPolicy policy, List<Endpoint> peers, PeerAgents agents) {
    this.local = local;
    this.policy = policy;
    this.peers = List.copyOf(peers);
    this.agents = agents;
  }

  /**
   * Fills the journal up to where the server can go on; does nothing if it can at once, and leaves
   * a gap if nobody has what is missing.
   */
  void fetch(String name, Journal journal, SmallFile replid) throws IOException {
    JournaledStream stream = new JournaledStream(name, local, journal, policy, replid);
    if (!isMissed(stream)) {
      return;
    }
    LOG.info("{} holds no more what follows {}", local.endpoint(), stream.position());
    peers.forEach(this::learn);
    CatchUp catchUp = new CatchUp(stream, connection -> {}, new Traffic());
    try {
      boolean goesOn = true;
      while (goesOn && isMissed(stream)) {
        goesOn = catchUp.from(agents.beginningWith(local.endpoint())) == CatchUp.Result.ADVANCED;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** True if the server goes on with the same history, but without the next bytes of it. */
  private boolean isMissed(JournaledStream stream) throws IOException {
    try (ServerConnection server = ServerConnection.open(local.endpoint())) {
      PrimaryInfo info = PrimaryInfo.parse(server.requireText("INFO", "replication"));
      boolean isSame = info.replid().equals(stream.position().replid());
      return isSame && info.backlogActive() && !info.canContinue(stream.position());
    }
  }

  private void learn(Endpoint peer) {
    try (ServerConnection server = ServerConnection.open(peer, TIMEOUT_MILLIS)) {
      agents.learn(peer, NodeRecord.read(server));
    } catch (IOException e) {
      LOG.info("The agent beside {} cannot be asked: {}", peer, e.getMessage());
    }
  }
}
