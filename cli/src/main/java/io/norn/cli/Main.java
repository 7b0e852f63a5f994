package io.norn.cli;

import picocli.CommandLine;

/** Entry point of the {@code norn} command. */
public final class Main {
  private Main() {}

  /** Runs one command and ends the process with its {@link ExitCode}. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    CommandLine norn = new CommandLine(new NornCommand());
    norn.getSubcommands().get("agent").setUnmatchedOptionsArePositionalParams(true);
    norn.setExecutionExceptionHandler(ErrorLines::onExecution);
    norn.setParameterExceptionHandler(ErrorLines::onParameters);
    return norn;
  }
}
