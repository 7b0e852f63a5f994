package io.norn.agent.scenario;

import io.norn.server.ServerConnection;
import io.norn.testkit.TempDirs;
import io.norn.testkit.net.FaultyProxy;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * Servers with an agent beside each, in this process. Agents reach the other servers through links
 * that can be held: what is under way stays there, and goes on when the link is restored.
 */
final class ScenarioMesh implements Closeable {
  private static final long JOIN_MILLIS = 60_000;
  private static final int FIRST = 1;

  /** Without PING no stream moves by itself; DEBUG decides when keys expire. */
  private static final String[] SERVER_OPTIONS = {
    "--repl-backlog-size", "16mb",
    "--repl-ping-replica-period", "3600",
    "--enable-debug-command", "local"
  };

  private final Path root;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final List<Site> sites = new ArrayList<>();
  private final Map<Integer, Map<Integer, FaultyProxy>> links = new HashMap<>();

  /**
   * Starts all, and waits until each reads all others.
   *
   * @param policies directives of all agents
   */
  ScenarioMesh(ServerBinary binary, int size, List<String> policies) throws IOException {
    root = TempDirs.create("norn-scenario-");
    try {
      for (int node = FIRST; node <= size; node++) {
        servers.add(ServerProcess.start(binary, SERVER_OPTIONS));
      }
      for (int node = FIRST; node <= size; node++) {
        links.put(node, linksOf(node));
        List<String> arguments = new ArrayList<>(arguments(node));
        arguments.addAll(policies);
        sites.add(new Site(server(node), arguments));
      }
      awaitJoined();
    } catch (IOException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private Map<Integer, FaultyProxy> linksOf(int from) throws IOException {
    Map<Integer, FaultyProxy> outgoing = new HashMap<>();
    for (int to = FIRST; to <= servers.size(); to++) {
      if (to != from) {
        outgoing.put(to, FaultyProxy.to(server(to).endpoint().address()));
      }
    }
    return outgoing;
  }

  private List<String> arguments(int node) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("--node-id", "node-" + node));
    arguments.addAll(List.of("--port", Integer.toString(FreePort.next())));
    // A link that is held must not be got round by way of agents.
    arguments.addAll(List.of("--announce-port", Integer.toString(FreePort.next())));
    arguments.addAll(List.of("--dir", root.resolve("agent-" + node).toString()));
    arguments.addAll(List.of("--local", "127.0.0.1", Integer.toString(server(node).port())));
    for (FaultyProxy link : links.get(node).values()) {
      arguments.addAll(List.of("--replicaof", "127.0.0.1", Integer.toString(link.port())));
    }
    return arguments;
  }

  private ServerProcess server(int node) {
    return servers.get(node - FIRST);
  }

  private void awaitJoined() throws IOException {
    Pause.until(this::isJoined, JOIN_MILLIS, () -> "not joined: " + statuses());
  }

  private boolean isJoined() {
    return sites.stream().allMatch(site -> streamingLinks(site) == servers.size());
  }

  private static long streamingLinks(Site site) {
    return site.status().values().stream()
        .filter(section -> "streaming".equals(section.get("state")))
        .count();
  }

  int size() {
    return servers.size();
  }

  /** Numbers of all nodes. */
  Set<Integer> everybody() {
    return new TreeSet<>(IntStream.rangeClosed(FIRST, size()).boxed().toList());
  }

  /** A node by its number, from 1. */
  Site site(int node) {
    return sites.get(node - FIRST);
  }

  List<Site> sites() {
    return List.copyOf(sites);
  }

  /** What a node's agent says about the link over which it reads another node. */
  Map<String, String> linkStatus(int from, int to) {
    String address = links.get(from).get(to).address().toString();
    return site(from).status().values().stream()
        .filter(section -> address.equals(section.get("address")))
        .findFirst()
        .orElse(Map.of());
  }

  /** Holds all links. */
  void hold() {
    links.values().forEach(outgoing -> outgoing.values().forEach(FaultyProxy::stall));
  }

  /** Lets the links between these nodes go on. */
  void restore(Set<Integer> among) {
    for (int from : among) {
      for (int to : among) {
        if (from != to) {
          links.get(from).get(to).unstall();
        }
      }
    }
  }

  /** What all agents say of themselves. */
  String statuses() {
    StringBuilder text = new StringBuilder();
    sites.forEach(site -> text.append('\n').append(site.status()));
    return text.toString();
  }

  boolean has(String command) throws IOException {
    ServerConnection server = site(FIRST).reader();
    return server.require("COMMAND", "INFO", command) instanceof List<?> infos
        && infos.get(0) instanceof List<?> info
        && !info.isEmpty();
  }

  @Override
  public void close() throws IOException {
    for (Site site : sites) {
      site.close();
    }
    for (Map<Integer, FaultyProxy> outgoing : links.values()) {
      outgoing.values().forEach(FaultyProxy::close);
    }
    for (ServerProcess server : servers) {
      server.close();
    }
    TempDirs.delete(root);
  }
}
