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
  private final Map<Address, Endpoint> byServer = new LinkedHashMap<>();

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
      byServer.put(server.address(), new Endpoint(agent, server.credentials(), server.tls()));
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
    List<Endpoint> agents = new ArrayList<>();
    byServer.forEach(
        (address, agent) -> {
          if (address.equals(server.address())) {
            agents.add(0, agent);
          } else {
            agents.add(agent);
          }
        });
    return agents;
  }
}
