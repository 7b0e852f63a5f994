package io.norn.cli;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists the primaries that the agent follows. */
@Command(name = "list", description = "Lists the primaries that the agent follows.")
final class PeerListCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;

  @Option(names = "--json", description = "Print a JSON array of HOST:PORT.")
  private boolean json;

  @Override
  public Integer call() throws CliException, IOException {
    PrintWriter out = spec.commandLine().getOut();
    try (ServerConnection connection = agent.connect()) {
      List<String> peers = peers(connection);
      if (json) {
        out.println(peers.stream().collect(Collectors.joining("\",\"", "[\"", "\"]")));
      } else {
        peers.forEach(out::println);
      }
    }
    return ExitCode.FINE;
  }

  private static List<String> peers(ServerConnection connection) throws CliException, IOException {
    if (connection.require("PEER", "LIST") instanceof List<?> list) {
      return list.stream().map(ServerConnection::text).toList();
    }
    throw new CliException(ExitCode.FAILED, connection.endpoint() + ": no list of peers");
  }
}
