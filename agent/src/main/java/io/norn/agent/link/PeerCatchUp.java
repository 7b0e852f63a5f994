package io.norn.agent.link;

import io.norn.agent.part.LinkState;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Traffic;
import io.norn.clock.StreamId;
import io.norn.psync.Position;
import io.norn.psync.PrimaryInfo;
import java.io.IOException;

/**
 * Goes on with a peer's stream from the journals of agents while its server cannot. After some time
 * without any agent that could, the peer has to be merged by its state.
 */
final class PeerCatchUp {
  /** How long agents that do not answer are tried again. */
  private static final long AGENTS_MILLIS = 3000;

  /** How long the agent of a server with a new history gets to say how its stream goes on. */
  private static final long NEW_HISTORY_MILLIS = 10_000;

  private final PeerContext context;
  private final InboundJournal inbound;
  private final LinkStatus status;
  private final Traffic traffic;
  private final Patience patience = new Patience();
  private final Relay relay;
  private boolean hasNewHistory;

  PeerCatchUp(PeerContext context, InboundJournal inbound, LinkStatus status, Traffic traffic) {
    this.context = context;
    this.inbound = inbound;
    this.status = status;
    this.traffic = traffic;
    this.relay = new Relay(context, status, traffic);
  }

  /** False when nobody was found for so long that the peer has to be merged. */
  boolean isPossible() {
    return !patience.isOver();
  }

  /** The peer's server holds what is needed, or a merge has begun. */
  void isOver() {
    patience.renew();
  }

  /** True if the server can go on by itself, by what it said a moment ago. */
  boolean isNeedless(PrimaryInfo server, Position from) {
    hasNewHistory = !server.replid().equals(from.replid());
    // While it loads it knows nothing of its backlog yet, and says so when it is asked.
    return server.loading() || server.canContinue(from);
  }

  /** Takes what agents have of the stream. */
  void run(StreamId id, CatchUp.Connections connections) throws IOException, InterruptedException {
    status.change(LinkState.CATCHING_UP, "its server holds no more what follows here");
    CatchUp.Result result =
        new CatchUp(stream(id), connections, traffic)
            .from(context.agents().beginningWith(context.endpoint()));
    if (result == CatchUp.Result.ADVANCED) {
      patience.renew();
      return;
    }
    long agentsMillis = result == CatchUp.Result.UNREACHABLE ? AGENTS_MILLIS : 0;
    patience.missed(hasNewHistory ? NEW_HISTORY_MILLIS : agentsMillis);
    if (!patience.isOver()) {
      throw new WaitingException(
          LinkState.CATCHING_UP, "no agent that can be reached has what follows here");
    }
  }

  /**
   * Takes what agents have of the stream while the server cannot be reached. Nothing is known to be
   * missing for good then, however long that lasts.
   *
   * @return false if nothing came
   */
  boolean relay(StreamId id, String why, CatchUp.Connections connections)
      throws InterruptedException {
    patience.renew();
    return relay.run(stream(id), why, connections);
  }

  private JournaledStream stream(StreamId id) {
    return new JournaledStream(
        id.stream(), context.settings(), inbound.journal(), context.policy(), inbound.replidFile());
  }
}
