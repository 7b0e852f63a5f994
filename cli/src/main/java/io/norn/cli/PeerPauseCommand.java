package io.norn.cli;

import io.norn.net.Address;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets the agent read nothing of a primary for now. */
@Command(
    name = "pause",
    description = "Reads nothing of a primary until 'resume', also after a restart of the agent.")
final class PeerPauseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;
  @Mixin private PeerAddress peer;

  @Override
  public Integer call() throws CliException, IOException {
    Address address = peer.checked();
    try (ServerConnection connection = agent.connect()) {
      connection.require("PEER", "PAUSE", address.host(), Integer.toString(address.port()));
    }
    spec.commandLine().getOut().println("paused " + address);
    return ExitCode.FINE;
  }
}
