package io.norn.agent.mesh;

import io.norn.net.Address;
import io.norn.net.Endpoint;
import io.norn.testkit.TempDirs;
import io.norn.testkit.net.FaultyProxy;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

/** Servers with an agent process beside each; agents reach the other servers through proxies. */
final class RealMesh implements Closeable {
  private static final String[] SERVER_OPTIONS = {"--repl-backlog-size", "64mb"};
  private static final long JOIN_SECONDS = 60;
  private static final long POLL_MILLIS = 50;

  private final Path root;
  private final IntFunction<List<String>> directives;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final List<AgentProcess> agents = new ArrayList<>();
  private final Map<Integer, Map<Integer, FaultyProxy>> links = new LinkedHashMap<>();

  /**
   * Starts the servers only.
   *
   * @param directives further ones for all agents, as on the command line
   */
  RealMesh(List<ServerBinary> binaries, String... directives) throws IOException {
    this(binaries, number -> List.of(directives));
  }

  /** As before, with directives for each agent by its number. */
  RealMesh(List<ServerBinary> binaries, IntFunction<List<String>> directives) throws IOException {
    this.root = TempDirs.create("norn-mesh-");
    this.directives = directives;
    for (ServerBinary binary : binaries) {
      servers.add(ServerProcess.start(binary, SERVER_OPTIONS));
    }
    for (int from = 0; from < servers.size(); from++) {
      Map<Integer, FaultyProxy> outgoing = new LinkedHashMap<>();
      for (int to = 0; to < servers.size(); to++) {
        if (to != from) {
          outgoing.put(to, FaultyProxy.to(servers.get(to).endpoint().address()));
        }
      }
      links.put(from, outgoing);
      agents.add(new AgentProcess(arguments(from, outgoing)));
    }
  }

  private List<String> arguments(int number, Map<Integer, FaultyProxy> outgoing) {
    List<String> arguments = new ArrayList<>(basicArguments(number));
    for (FaultyProxy proxy : outgoing.values()) {
      Address address = proxy.address();
      arguments.addAll(List.of("--replicaof", address.host(), Integer.toString(address.port())));
    }
    return arguments;
  }

  /** Arguments of an agent without peers. */
  List<String> basicArguments(int number) {
    List<String> arguments =
        new ArrayList<>(
            List.of("--node-id", nodeId(number), "--dir", directory(number).toString()));
    String port = Integer.toString(servers.get(number).port());
    arguments.addAll(List.of("--local", "127.0.0.1", port));
    arguments.addAll(directives.apply(number));
    return arguments;
  }

  static String nodeId(int number) {
    return "node-" + (char) ('a' + number);
  }

  /** Data directory of an agent. */
  Path directory(int number) {
    return root.resolve(nodeId(number));
  }

  int size() {
    return servers.size();
  }

  ServerProcess server(int number) {
    return servers.get(number);
  }

  List<Endpoint> endpoints() {
    return servers.stream().map(ServerProcess::endpoint).toList();
  }

  AgentProcess agent(int number) {
    return agents.get(number);
  }

  /** The way by which an agent reads another node's server. */
  FaultyProxy link(int from, int to) {
    return links.get(from).get(to);
  }

  List<FaultyProxy> allLinks() {
    return links.values().stream().flatMap(outgoing -> outgoing.values().stream()).toList();
  }

  /** Starts all agents at once, and waits until each reads all others. */
  RealMesh startAgents() throws IOException {
    for (AgentProcess agent : agents) {
      agent.launch();
    }
    for (AgentProcess agent : agents) {
      agent.awaitReady();
    }
    awaitJoined();
    return this;
  }

  void awaitJoined() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(JOIN_SECONDS);
    for (AgentProcess agent : agents) {
      while (!isJoined(agent)) {
        if (System.nanoTime() > deadline) {
          throw new IOException("not joined after " + JOIN_SECONDS + " s:" + report());
        }
        pause(POLL_MILLIS);
      }
    }
  }

  static void pause(long millis) throws IOException {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** The local link and those to all peers stream, none merges. */
  private boolean isJoined(AgentProcess agent) {
    return agent.info().lines().filter(line -> line.strip().equals("state:streaming")).count()
        == servers.size();
  }

  /** What all agents say of themselves, and the end of their logs; for failures. */
  String report() {
    StringBuilder report = new StringBuilder();
    for (int i = 0; i < agents.size(); i++) {
      report.append("\n== ").append(nodeId(i)).append('\n').append(agents.get(i).info());
      List<String> lines = agents.get(i).lines();
      List<String> last = lines.subList(Math.max(0, lines.size() - 60), lines.size());
      report.append("-- log\n").append(String.join("\n", last)).append('\n');
    }
    return report.toString();
  }

  @Override
  public void close() throws IOException {
    for (AgentProcess agent : agents) {
      agent.close();
    }
    for (FaultyProxy proxy : allLinks()) {
      proxy.close();
    }
    for (ServerProcess server : servers) {
      server.close();
    }
    TempDirs.delete(root);
  }
}
