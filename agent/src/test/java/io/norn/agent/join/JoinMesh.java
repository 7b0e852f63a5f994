package io.norn.agent.join;

import io.norn.agent.AgentDaemon;
import io.norn.agent.config.AgentConfig;
import io.norn.net.Address;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.TempDirs;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.net.FaultyProxy;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Servers, with agents in this process that reach the other servers through proxies. */
final class JoinMesh implements Closeable {
  private final Path root;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final Map<Integer, AgentDaemon> agents = new HashMap<>();
  private final Map<String, FaultyProxy> links = new HashMap<>();
  private final List<String> agentOptions = new ArrayList<>();

  JoinMesh(int size, String... serverArgs) throws IOException {
    root = TempDirs.create("norn-join-");
    for (int i = 0; i < size; i++) {
      servers.add(ServerProcess.start(ServerBinary.embedded(), serverArgs));
    }
  }

  /** From now on no agent can ask another one for what it journaled. */
  JoinMesh withoutWaysBetweenAgents() throws IOException {
    agentOptions.addAll(List.of("--announce-port", Integer.toString(FreePort.next())));
    return this;
  }

  /** How often a server had to send a snapshot. */
  long fullSyncs(int number) throws IOException {
    try (ServerConnection server = client(number)) {
      return server
          .requireText("INFO", "stats")
          .lines()
          .filter(line -> line.startsWith("sync_full:"))
          .mapToLong(line -> Long.parseLong(line.substring("sync_full:".length()).strip()))
          .sum();
    }
  }

  ServerProcess server(int number) {
    return servers.get(number);
  }

  ServerConnection client(int number) throws IOException {
    return servers.get(number).connect();
  }

  AgentDaemon agent(int number) {
    return agents.get(number);
  }

  static String nodeId(int number) {
    return "node-" + (char) ('a' + number);
  }

  /** The way by which an agent reads another node's server. */
  FaultyProxy link(int from, int to) throws IOException {
    String name = from + " " + to;
    if (!links.containsKey(name)) {
      links.put(name, FaultyProxy.to(servers.get(to).endpoint().address()));
    }
    return links.get(name);
  }

  /** Starts an agent that follows these nodes. */
  void start(int number, int... peers) throws Exception {
    List<Address> addresses = new ArrayList<>();
    for (int peer : peers) {
      addresses.add(link(number, peer).address());
    }
    start(number, addresses);
  }

  void start(int number, List<Address> peers) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("--node-id", nodeId(number)));
    arguments.addAll(List.of("--port", Integer.toString(FreePort.next())));
    arguments.addAll(List.of("--dir", root.resolve(nodeId(number)).toString()));
    arguments.addAll(List.of("--local", "127.0.0.1", Integer.toString(server(number).port())));
    for (Address peer : peers) {
      arguments.addAll(List.of("--replicaof", peer.host(), Integer.toString(peer.port())));
    }
    arguments.addAll(agentOptions);
    agents.put(number, AgentDaemon.start(AgentConfig.load(arguments)));
  }

  void stop(int number) {
    AgentDaemon agent = agents.remove(number);
    if (agent != null) {
      agent.close();
    }
  }

  void cutAll() {
    links.values().forEach(FaultyProxy::cut);
  }

  void restoreAll() {
    links.values().forEach(FaultyProxy::restore);
  }

  /** Waits until the servers are equal; what they and the agents say if that takes too long. */
  List<String> differences(int seconds) throws Exception {
    List<Endpoint> endpoints = servers.stream().map(ServerProcess::endpoint).toList();
    List<String> differences = Convergence.await(endpoints, Duration.ofSeconds(seconds));
    if (differences.isEmpty()) {
      return differences;
    }
    List<String> report = new ArrayList<>(differences.subList(0, Math.min(10, differences.size())));
    agents.values().forEach(agent -> report.add(agent.status().toString()));
    return report;
  }

  /** Waits until all links of an agent stream. */
  void awaitStreaming(int number) throws Exception {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!isStreaming(agents.get(number))) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not streaming: " + agents.get(number).status());
      }
      Thread.sleep(20);
    }
  }

  private static boolean isStreaming(AgentDaemon agent) {
    return agent.status().values().stream()
        .allMatch(section -> section.getOrDefault("state", "streaming").equals("streaming"));
  }

  @Override
  public void close() throws IOException {
    for (AgentDaemon agent : agents.values()) {
      agent.close();
    }
    for (FaultyProxy link : links.values()) {
      link.close();
    }
    for (ServerProcess server : servers) {
      server.close();
    }
    TempDirs.delete(root);
  }
}
