package io.norn.agent.expiry;

import io.norn.agent.AgentDaemon;
import io.norn.agent.config.AgentConfig;
import io.norn.agent.node.DataDirectory;
import io.norn.net.Address;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Servers with a reader of the first one's stream, and with agents when they are started. */
final class ExpiryMesh implements Closeable {
  private final Path root = Files.createTempDirectory("norn-expiry");
  private final List<ServerProcess> servers = new ArrayList<>();
  private final List<AgentDaemon> agents = new ArrayList<>();
  private final List<Closeable> others = new ArrayList<>();
  private final IndependentReader reader;

  ExpiryMesh(ServerBinary binary, int count, String... serverArguments) throws IOException {
    for (int i = 0; i < count; i++) {
      servers.add(ServerProcess.start(binary, serverArguments));
      agents.add(null);
    }
    reader = new IndependentReader(servers.get(0).endpoint());
  }

  ServerProcess server(int number) {
    return servers.get(number);
  }

  /** Of the first server's stream. */
  IndependentReader reader() {
    return reader;
  }

  /** A connection to the first server, closed with all. */
  ServerConnection client() throws IOException {
    return client(0);
  }

  ServerConnection client(int number) throws IOException {
    ServerConnection connection = servers.get(number).connect();
    others.add(connection);
    return connection;
  }

  /** Starts an agent that follows the servers of these numbers. */
  void startAgent(int number, List<Integer> peers, String... more) throws Exception {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "--node-id",
                "node-" + number,
                "--port",
                Integer.toString(FreePort.next()),
                "--dir",
                root.resolve("agent-" + number).toString(),
                "--local",
                "127.0.0.1",
                Integer.toString(servers.get(number).port())));
    for (int peer : peers) {
      Address address = servers.get(peer).endpoint().address();
      arguments.addAll(List.of("--replicaof", address.host(), Integer.toString(address.port())));
    }
    arguments.addAll(List.of(more));
    agents.set(number, AgentDaemon.start(AgentConfig.load(arguments)));
  }

  void stopAgent(int number) {
    AgentDaemon agent = agents.get(number);
    if (agent != null) {
      agent.close();
      agents.set(number, null);
    }
  }

  /** A field of an agent's status. */
  String status(int number, String section, String field) {
    Map<String, Map<String, String>> status = agents.get(number).status();
    return status.getOrDefault(section, Map.of()).getOrDefault(field, "");
  }

  @Override
  public void close() throws IOException {
    for (int i = 0; i < agents.size(); i++) {
      stopAgent(i);
    }
    reader.close();
    for (Closeable each : others) {
      each.close();
    }
    for (ServerProcess server : servers) {
      server.close();
    }
    DataDirectory.deleteTree(root);
  }
}
