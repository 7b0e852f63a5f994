package io.norn.cli;

import io.norn.examples.bench.IdleBench;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures what agents cost while nobody writes. */
@Command(name = "idle", description = "What agents cost while nobody writes.")
final class BenchIdleCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private BenchOptions options;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long to watch (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Override
  public Integer call() throws Exception {
    IdleBench bench = new IdleBench(seconds);
    options.print(bench.run(options.programs()), spec.commandLine().getOut());
    return ExitCode.FINE;
  }
}
