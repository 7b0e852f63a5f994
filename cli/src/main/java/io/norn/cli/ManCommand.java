package io.norn.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints manual pages. */
@Command(
    name = "man",
    description = {
      "Prints the manual page of a command, to be read with 'norn man verify | man -l -'.",
      "Packages install one page for each command."
    })
final class ManCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "COMMAND",
      description = "Such as 'verify' or 'peer add' (default: norn itself).")
  private String[] words = {};

  @Option(
      names = "--all",
      paramLabel = "DIRECTORY",
      description = "Write the pages of all commands into a directory instead.")
  private Path directory;

  @Override
  public Integer call() throws CliException {
    if (directory == null) {
      print();
    } else {
      try {
        Files.createDirectories(directory);
        write("norn", spec.root().commandLine());
      } catch (IOException e) {
        throw new CliException(ExitCode.FAILED, "cannot write to " + directory + ": " + e);
      }
    }
    return ExitCode.FINE;
  }

  private void write(String name, CommandLine command) throws IOException {
    Files.writeString(directory.resolve(name + ".1"), ManPage.of(command));
    for (Map.Entry<String, CommandLine> inner : command.getSubcommands().entrySet()) {
      if (!inner.getValue().getCommandSpec().usageMessage().hidden()) {
        write(name + "-" + inner.getKey(), inner.getValue());
      }
    }
  }

  private void print() {
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
