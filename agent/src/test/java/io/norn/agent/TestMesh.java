package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.net.Address;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Servers with an agent beside each, in this process. */
final class TestMesh implements Closeable {
  private final Path root;
  private final List<ServerProcess> servers = new ArrayList<>();
  private final List<AgentDaemon> agents = new ArrayList<>();

  TestMesh(List<ServerBinary> binaries) throws IOException {
    root = Files.createTempDirectory("norn-mesh");
    for (ServerBinary binary : binaries) {
      servers.add(ServerProcess.start(binary, "--repl-backlog-size", "64mb"));
      agents.add(null);
    }
  }

  ServerProcess server(int number) {
    return servers.get(number);
  }

  AgentDaemon agent(int number) {
    return agents.get(number);
  }

  /** Starts an agent that follows all other servers. */
  void startAgent(int number, String... options) throws Exception {
    List<Address> peers = new ArrayList<>();
    for (int i = 0; i < servers.size(); i++) {
      if (i != number) {
        peers.add(servers.get(i).endpoint().address());
      }
    }
    startAgent(number, peers, options);
  }

  void startAgent(int number, List<Address> peers, String... options) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--node-id",
                "node-" + (char) ('a' + number),
                "--port",
                Integer.toString(FreePort.next()),
                "--dir",
                root.resolve("agent-" + number).toString(),
                "--local",
                "127.0.0.1",
                Integer.toString(servers.get(number).port())));
    for (Address peer : peers) {
      arguments.addAll(List.of("--replicaof", peer.host(), Integer.toString(peer.port())));
    }
    arguments.addAll(List.of(options));
    agents.set(number, AgentDaemon.start(AgentConfig.load(arguments)));
  }

  void stopAgent(int number) {
    if (agents.get(number) != null) {
      agents.get(number).close();
      agents.set(number, null);
    }
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < agents.size(); i++) {
      stopAgent(i);
    }
    for (ServerProcess server : servers) {
      server.close();
    }
    io.norn.agent.node.DataDirectory.deleteTree(root);
  }
}
