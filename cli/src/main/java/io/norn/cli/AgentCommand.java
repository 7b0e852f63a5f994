package io.norn.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Runs the daemon in the foreground. */
@Command(
    name = "agent",
    description = {
      "Runs the agent beside its server, in the foreground, until SIGTERM or Ctrl-C.",
      "Logs go to standard error."
    },
    customSynopsis = "norn agent [FILE] [--DIRECTIVE VALUE]...",
    footer = {
      "",
      "Every directive of the file is also an option, for example",
      "  norn agent --local 127.0.0.1 6379 --replicaof 10.0.0.3 6379 --dir /var/lib/norn",
      "docs/configuration.md lists them all."
    })
final class AgentCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE or --DIRECTIVE VALUE",
      description = "A configuration file, then directives that win over it.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws CliException {
    throw new CliException(ExitCode.CONFIGURATION, "no agent in this build: " + arguments);
  }
}
