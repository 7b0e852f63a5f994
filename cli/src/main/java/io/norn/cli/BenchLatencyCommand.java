package io.norn.cli;

import io.norn.examples.bench.LatencyBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long writes take to the other side. */
@Command(
    name = "latency",
    description = "How long a write on A takes until a client of B sees it, when idle.")
final class BenchLatencyCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Option(
      names = "--probes",
      defaultValue = "2000",
      description = "Writes to measure (default: ${DEFAULT-VALUE}).")
  private int probes;

  @Option(
      names = "--pause-millis",
      defaultValue = "5",
      description = "Between two writes (default: ${DEFAULT-VALUE}).")
  private int pauseMillis;

  @Override
  public Integer call() throws Exception {
    LatencyBench bench = new LatencyBench(probes, pauseMillis);
    options.print(bench.run(options.programs()), spec.commandLine().getOut());
    return ExitCode.FINE;
  }
}
