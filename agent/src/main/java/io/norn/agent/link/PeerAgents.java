package io.norn.agent.link;

import io.norn.agent.node.NodeRecord;
import io.norn.net.Address;
import io.norn.net.Endpoint;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the agents of the configured peers answer, as the peers' servers say. They are asked with
 * user, password and TLS of the server that named them, so no password goes where it would not go
 * anyway. May be used by any thread.
 */
public final class PeerAgents {
  private final Address own;
  private final Map<Address, Agent> byServer = new LinkedHashMap<>();

  private record Agent(String node, Endpoint endpoint) {}

  /**
   * Without any yet.
   *
   * @param own address at which this agent answers: a peer that names it too is misconfigured
   */
  public PeerAgents(Address own) {
    this.own = own;
  }

  /** Takes what a configured peer's server says. */
  public synchronized void learn(Endpoint server, NodeRecord record) {
    Address agent = address(record);
    if (agent == null || agent.equals(own)) {
      byServer.remove(server.address());
    } else {
      Endpoint endpoint = new Endpoint(agent, server.credentials(), server.tls());
      byServer.put(server.address(), new Agent(record.node(), endpoint));
    }
  }

  private static Address address(NodeRecord record) {
    try {
      return Address.parse(record.fields().getOrDefault(NodeRecord.ADDRESS, ""));
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** The peer is followed no more. */
  synchronized void forget(Endpoint server) {
    byServer.remove(server.address());
  }

  /** All agents, that of one server first. */
  synchronized List<Endpoint> beginningWith(Endpoint server) {
    List<Endpoint> agents = others(server);
    Agent first = byServer.get(server.address());
    if (first != null) {
      agents.add(0, first.endpoint());
    }
    return agents;
  }

  /** All agents, that of one server last. */
  synchronized List<Endpoint> endingWith(Endpoint server) {
    List<Endpoint> agents = others(server);
    Agent last = byServer.get(server.address());
    if (last != null) {
      agents.add(last.endpoint());
    }
    return agents;
  }

  private List<Endpoint> others(Endpoint server) {
    List<Endpoint> agents = new ArrayList<>();
    byServer.forEach(
        (address, agent) -> {
          if (!address.equals(server.address())) {
            agents.add(agent.endpoint());
          }
        });
    return agents;
  }

  /** Node and address, for users. */
  synchronized String nameOf(Endpoint agent) {
    return byServer.values().stream()
        .filter(each -> each.endpoint().equals(agent))
        .map(each -> each.node() + " (" + agent + ")")
        .findFirst()
        .orElse(agent.toString());
  }
}
