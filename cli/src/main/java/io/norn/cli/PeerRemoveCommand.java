package io.norn.cli;

import io.norn.net.Address;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets the agent no longer follow a primary. */
@Command(name = "remove", description = "Follows a primary no longer; its data stays.")
final class PeerRemoveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;
  @Mixin private PeerAddress peer;

  @Override
  public Integer call() throws CliException, IOException {
    Address address = peer.checked();
    try (ServerConnection connection = agent.connect()) {
      connection.require("PEER", "REMOVE", address.host(), Integer.toString(address.port()));
    }
    spec.commandLine().getOut().println("no longer following " + address);
    return ExitCode.FINE;
  }
}
