package io.norn.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command, which only has sub-commands. Picocli itself acts on its two options. */
@SuppressWarnings("UnusedVariable")
@Command(
    name = "norn",
    description = "Makes unmodified Valkey and Redis servers active-active.",
    versionProvider = VersionFromManifest.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      AgentCommand.class,
      PeerCommand.class,
      StatusCommand.class,
      VerifyCommand.class,
      DoctorCommand.class,
      ConflictsCommand.class,
      JournalCommand.class,
      ConfigCommand.class,
      DemoCommand.class,
      BenchCommand.class,
      CompletionCommand.class,
      ManCommand.class,
      RehearseCommand.class
    },
    footer = {
      "",
      "Try it:  norn demo",
      "Exit codes: 0 fine, 1 differs or failed, 2 usage, 3 cannot reach, 4 configuration or data"
          + " directory."
    })
final class NornCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }
}
