package io.norn.cli;

import io.norn.net.Address;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Lets the agent read on of a primary that was paused. */
@Command(
    name = "resume",
    description = "Reads on of a primary that was paused; what was missed is sent then.")
final class PeerResumeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;
  @Mixin private PeerAddress peer;

  @Override
  public Integer call() throws CliException, IOException {
    Address address = peer.checked();
    try (ServerConnection connection = agent.connect()) {
      connection.require("PEER", "RESUME", address.host(), Integer.toString(address.port()));
    }
    spec.commandLine().getOut().println("reading on of " + address);
    return ExitCode.FINE;
  }
}
