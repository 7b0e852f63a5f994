package io.norn.cli;

import io.norn.examples.bench.Load;
import io.norn.examples.bench.ThroughputBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast writes arrive on the other side. */
@Command(
    name = "throughput",
    description = "How fast writes arrive on B while A takes them as fast as it can.")
final class BenchThroughputCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Option(
      names = "--sets",
      defaultValue = "1000000",
      description = "Keys to write (default: ${DEFAULT-VALUE}).")
  private int sets;

  @Option(
      names = "--bytes",
      defaultValue = "100",
      description = "Size of each value (default: ${DEFAULT-VALUE}).")
  private int bytes;

  @Option(
      names = "--pipeline",
      defaultValue = "32",
      description = "Commands sent at once (default: ${DEFAULT-VALUE}).")
  private int pipeline;

  @Option(
      names = "--connections",
      defaultValue = "4",
      description = "Connections at a time (default: ${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--rounds",
      defaultValue = "1",
      description = "How often, in turn with plain replication (default: ${DEFAULT-VALUE}).")
  private int rounds;

  @Override
  public Integer call() throws Exception {
    ThroughputBench bench =
        new ThroughputBench(new Load(sets, bytes, pipeline, connections), rounds);
    options.print(bench.run(options.programs()), spec.commandLine().getOut());
    return ExitCode.FINE;
  }
}
