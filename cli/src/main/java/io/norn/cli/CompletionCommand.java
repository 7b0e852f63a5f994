package io.norn.cli;

import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete the commands and options. */
@Command(
    name = "completion",
    description = "Prints shell completion for bash and zsh: source <(norn completion)")
final class CompletionCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().getOut().print(AutoComplete.bash("norn", spec.root().commandLine()));
    spec.commandLine().getOut().flush();
  }
}
