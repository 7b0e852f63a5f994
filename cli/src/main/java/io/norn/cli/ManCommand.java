package io.norn.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints manual pages. */
@Command(
    name = "man",
    description = {
      "Prints the manual page of a command, to be read with 'norn man verify | man -l -'.",
      "Packages install one page for each command."
    })
final class ManCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Such as 'verify' or 'peer add' (default: norn itself).")
  private String[] words = {};

  @Override
  public void run() {
    CommandLine command = spec.root().commandLine();
    for (String word : words) {
      CommandLine inner = command.getSubcommands().get(word);
      if (inner == null) {
        throw new CommandLine.ParameterException(
            spec.commandLine(), "there is no command '" + String.join(" ", words) + "'");
      }
      command = inner;
    }
    spec.commandLine().getOut().print(ManPage.of(command));
    spec.commandLine().getOut().flush();
  }
}
