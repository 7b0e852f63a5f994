package io.norn.agent.link;

import io.norn.agent.part.LinkState;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Traffic;
import io.norn.net.Endpoint;
import java.util.ArrayList;
import java.util.List;

/**
 * Goes on with a peer's stream from the journals of agents while its server cannot be reached from
 * here. Those of other nodes come first: what keeps us from the server keeps us from the agent
 * beside it as a rule. Belongs to the thread of the link.
 */
final class Relay {
  private final PeerContext context;
  private final LinkStatus status;
  private final Traffic traffic;
  private Endpoint last;

  Relay(PeerContext context, LinkStatus status, Traffic traffic) {
    this.context = context;
    this.status = status;
    this.traffic = traffic;
  }

  /**
   * Reads on until the server can go on, or nobody has more of the stream.
   *
   * @param why the server cannot be reached
   * @return false if nothing came
   */
  boolean run(JournaledStream stream, String why, CatchUp.Connections connections)
      throws InterruptedException {
    Flow flow = new Flow(why);
    CatchUp.Result result =
        new CatchUp(stream, connections, CatchUp.Manner.RELAY, flow::came, traffic).from(agents());
    return result == CatchUp.Result.ADVANCED;
  }

  /** Where something came from the last time is asked first. */
  private List<Endpoint> agents() {
    List<Endpoint> agents = new ArrayList<>(context.agents().endingWith(context.endpoint()));
    if (agents.remove(last)) {
      agents.add(0, last);
    }
    return agents;
  }

  /**
   * An agent that cannot reach the server either says nothing: only with the first bytes the link
   * is taken for well.
   */
  private final class Flow {
    private final String why;
    private Endpoint shown;

    Flow(String why) {
      this.why = why;
    }

    void came(Endpoint agent) {
      if (!agent.equals(shown)) {
        shown = agent;
        last = agent;
        String name = context.agents().nameOf(agent);
        status.change(LinkState.RELAYED, "read through the agent of " + name + ": " + why);
      }
    }
  }
}
