package io.norn.cli;

import java.io.IOException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Turns every failure into one line on standard error; users never see a stack trace. */
final class ErrorLines {
  private ErrorLines() {}

  static int onExecution(Exception failure, CommandLine command, ParseResult parsed) {
    command.getErr().println("norn: " + line(failure));
    return exitCode(failure);
  }

  static int onParameters(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("norn: " + line(failure) + "; see '" + name + " --help'");
    return ExitCode.USAGE;
  }

  private static int exitCode(Exception failure) {
    return failure instanceof CliException known ? known.exitCode() : ExitCode.FAILED;
  }

  /** The message on one line; the class says at least something where there is no message. */
  private static String line(Exception failure) {
    boolean forUsers = failure instanceof CliException || failure instanceof IOException;
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    String text = forUsers || failure instanceof ParameterException ? message : failure.toString();
    return text.strip().replaceAll("\\s*\\R\\s*", " | ");
  }
}
