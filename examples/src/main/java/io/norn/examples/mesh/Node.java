package io.norn.examples.mesh;

import io.norn.net.Address;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.Optional;

/** One server with its agent, and the link on which the other node reaches them. */
public final class Node implements Closeable {
  private static final String HOST = "127.0.0.1";

  private final String id;
  private final Programs programs;
  private final ServerProcess server;
  private final int agentPort;
  private final Optional<Link> link;
  private AgentProcess agent;

  private Node(
      String id, Programs programs, ServerProcess server, int agentPort, Optional<Link> link) {
    this.id = id;
    this.programs = programs;
    this.server = server;
    this.agentPort = agentPort;
    this.link = link;
  }

  /** Starts the server of a node; it has no agent yet. */
  static Node start(String id, Programs programs, Wiring wiring) throws IOException {
    ServerProcess server = ServerProcess.start(programs.server());
    try {
      int port = freePort();
      Address agent = new Address(HOST, port);
      Optional<Link> link =
          wiring == Wiring.DIRECT
              ? Optional.empty()
              : Optional.of(Link.to(server.endpoint().address(), agent));
      return new Node(id, programs, server, port, link);
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  /** Starts the agent, which follows the server of the other node. */
  void follow(Node other) throws IOException {
    Address local = endpoint().address();
    Address peer = other.link.map(Link::server).orElse(other.endpoint().address());
    Address announced = link.map(Link::agent).orElse(new Address(HOST, agentPort));
    agent =
        AgentProcess.start(
            programs,
            agentPort,
            List.of(
                "--node-id",
                id,
                "--local",
                local.host(),
                Integer.toString(local.port()),
                "--replicaof",
                peer.host(),
                Integer.toString(peer.port()),
                "--announce-ip",
                announced.host(),
                "--announce-port",
                Integer.toString(announced.port())));
  }

  public String id() {
    return id;
  }

  public Endpoint endpoint() {
    return server.endpoint();
  }

  /** A new connection to the server, to be closed by the caller. */
  public ServerConnection connect() throws IOException {
    return server.connect();
  }

  public AgentProcess agent() {
    return agent;
  }

  /**
   * From now on the other node reaches neither this server nor this agent, if the wiring allows.
   */
  public void cut() {
    link.ifPresent(Link::cut);
  }

  /** Ends {@link #cut}. */
  public void heal() {
    link.ifPresent(Link::heal);
  }

  @Override
  public void close() throws IOException {
    try (server) {
      if (agent != null) {
        agent.close();
      }
    } finally {
      link.ifPresent(Link::close);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
