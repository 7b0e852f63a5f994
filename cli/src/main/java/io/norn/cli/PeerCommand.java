package io.norn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups what changes and shows the peers of a running agent. */
@Command(
    name = "peer",
    description = "Shows and changes whom a running agent follows.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PeerAddCommand.class,
      PeerRemoveCommand.class,
      PeerPauseCommand.class,
      PeerResumeCommand.class,
      PeerListCommand.class
    })
final class PeerCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }
}
