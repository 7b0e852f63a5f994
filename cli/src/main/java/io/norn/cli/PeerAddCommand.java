package io.norn.cli;

import io.norn.net.Address;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * Lets the agent follow one more primary.
 *
 * <p>It sends {@code PEER ADD} and not {@code REPLICAOF}, which means the same to an agent: aimed
 * at a server by mistake, {@code REPLICAOF} would replace the server's data, {@code PEER} is an
 * unknown command.
 */
@Command(name = "add", description = "Follows one more primary, also after a restart of the agent.")
final class PeerAddCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;
  @Mixin private PeerAddress peer;

  @Override
  public Integer call() throws CliException, IOException {
    Address address = peer.checked();
    try (ServerConnection connection = agent.connect()) {
      connection.require("PEER", "ADD", address.host(), Integer.toString(address.port()));
    }
    spec.commandLine().getOut().println("following " + address);
    return ExitCode.FINE;
  }
}
