package io.norn.cli;

import io.norn.examples.demo.Demo;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows Norn at work on this machine, with servers and agents of its own. */
@Command(
    name = "demo",
    description = {
      "Starts two servers and two agents on free local ports, writes on both, cuts the link, heals"
          + " it, shows both become equal, and stops all. Takes less than half a minute."
    })
final class DemoCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ProgramOptions programs;

  @Override
  public Integer call() throws Exception {
    return Demo.run(spec.commandLine().getOut(), programs.programs())
        ? ExitCode.FINE
        : ExitCode.FAILED;
  }
}
