package io.norn.cli;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows and changes the configuration of a running agent. */
@Command(
    name = "config",
    description = "Shows and changes the configuration of a running agent.",
    synopsisSubcommandLabel = "COMMAND")
final class ConfigCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }

  @Command(name = "get", description = "Shows directives, passwords hidden.")
  int get(
      @Mixin AgentOptions agent,
      @Option(names = "--json", description = "Print a JSON object.") boolean json,
      @Parameters(
              arity = "0..1",
              paramLabel = "PATTERN",
              defaultValue = "*",
              description = "Which, such as 'journal-*' (default: all).")
          String pattern)
      throws CliException, IOException {
    Map<String, String> directives = new LinkedHashMap<>();
    try (ServerConnection connection = agent.connect()) {
      List<?> flat = (List<?>) connection.require("CONFIG", "GET", pattern);
      for (int i = 0; i + 1 < flat.size(); i += 2) {
        directives.put(ServerConnection.text(flat.get(i)), ServerConnection.text(flat.get(i + 1)));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonOut.of(directives));
    } else {
      directives.forEach((name, value) -> out.println((name + " " + value).strip()));
    }
    return ExitCode.FINE;
  }

  @Command(
      name = "set",
      description = "Changes a directive; 'rewrite' makes that outlive the agent.")
  int set(
      @Mixin AgentOptions agent,
      @Parameters(index = "0", paramLabel = "NAME", description = "The directive.") String name,
      @Parameters(
              index = "1..*",
              arity = "1..*",
              paramLabel = "VALUE",
              description = "Its value; '-' reads it from standard input, for passwords.")
          List<String> values)
      throws CliException, IOException {
    String value = values.equals(List.of("-")) ? Terminal.readLine() : String.join(" ", values);
    return call(agent, "CONFIG", "SET", name, value);
  }

  @Command(name = "rewrite", description = "Writes what was changed into the agent's file.")
  int rewrite(@Mixin AgentOptions agent) throws CliException, IOException {
    return call(agent, "CONFIG", "REWRITE");
  }

  @Command(name = "reload", description = "Lets the agent read its file and passwords again.")
  int reload(@Mixin AgentOptions agent) throws CliException, IOException {
    return call(agent, "CONFIG", "RELOAD");
  }

  private static int call(AgentOptions agent, String... command) throws CliException, IOException {
    try (ServerConnection connection = agent.connect()) {
      connection.require(command);
    }
    return ExitCode.FINE;
  }
}
