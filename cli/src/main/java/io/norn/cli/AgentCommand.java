package io.norn.cli;

import io.norn.agent.AgentDaemon;
import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.ConfigException;
import java.io.IOException;
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
      "  norn agent --local 127.0.0.1 6379 --replicaof 10.0.0.3 6379",
      "docs/configuration.md lists them all."
    })
final class AgentCommand implements Callable<Integer> {
  private static final long STOP_MILLIS = 1500;

  @Parameters(
      arity = "0..*",
      paramLabel = "FILE or --DIRECTIVE VALUE",
      description = "A configuration file, then directives that win over it.")
  private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws CliException, InterruptedException {
    AgentConfig config = config();
    // Before the first line is logged: logback.xml reads it.
    System.setProperty("norn.loglevel", config.logLevel().name());
    AgentDaemon daemon = start(config);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopBySignal(daemon), "norn-stop"));
    HangUp.onSignal(() -> reload(daemon));
    daemon.awaitStopped();
    return ExitCode.FINE;
  }

  private AgentConfig config() throws CliException {
    try {
      return AgentConfig.load(arguments);
    } catch (ConfigException e) {
      throw new CliException(ExitCode.CONFIGURATION, e.getMessage());
    }
  }

  private static AgentDaemon start(AgentConfig config) throws CliException {
    try {
      return AgentDaemon.start(config);
    } catch (IOException e) {
      throw new CliException(ExitCode.CONFIGURATION, e.getMessage());
    }
  }

  /** What is wrong with the configuration is in the log. */
  private static void reload(AgentDaemon daemon) {
    try {
      daemon.reloadConfiguration();
    } catch (IllegalArgumentException e) {
      return;
    }
  }

  /** Also runs after a stop that was asked for on the agent's port. A clean stop is no failure. */
  private static void stopBySignal(AgentDaemon daemon) {
    daemon.closeWithin(STOP_MILLIS);
    Runtime.getRuntime().halt(ExitCode.FINE);
  }
}
