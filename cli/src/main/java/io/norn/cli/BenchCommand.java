package io.norn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Groups the benchmarks. */
@Command(
    name = "bench",
    description = "Measures Norn beside plain replication on this machine.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchLatencyCommand.class, BenchThroughputCommand.class, BenchIdleCommand.class})
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }
}
