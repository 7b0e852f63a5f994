package io.norn.cli;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Looks into the journals of a running agent. */
@Command(
    name = "journal",
    description = "Looks into the journals of a running agent.",
    synopsisSubcommandLabel = "COMMAND")
final class JournalCommand implements Runnable {
  private static final int WIDTH = 120;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }

  @Command(name = "list", description = "Lists the journals: the own one, and one for each peer.")
  int list(
      @Mixin AgentOptions agent,
      @Option(names = "--json", description = "Print a JSON array.") boolean json)
      throws CliException, IOException {
    try (ServerConnection connection = agent.connect()) {
      List<String> names =
          ((List<?>) connection.require("JOURNAL", "LIST"))
              .stream().map(ServerConnection::text).toList();
      if (json) {
        out().println(JsonOut.of(names));
      } else {
        names.forEach(out()::println);
      }
    }
    return ExitCode.FINE;
  }

  @Command(name = "stat", description = "Shows size, age and positions of the journals.")
  int stat(
      @Mixin AgentOptions agent,
      @Option(names = "--json", description = "Print the agent's own JSON.") boolean json)
      throws CliException, IOException {
    try (ServerConnection connection = agent.connect()) {
      String raw = connection.requireText("JOURNAL", "STAT");
      if (json) {
        out().println(raw);
      } else {
        table(Reading.objects(connection, raw)).lines(WIDTH).forEach(out()::println);
      }
    }
    return ExitCode.FINE;
  }

  private static TextTable table(List<Map<?, ?>> journals) {
    TextTable table = new TextTable("JOURNAL", "NODE", "SIZE", "AGE", "STREAM", "FROM", "TO");
    for (Map<?, ?> journal : journals) {
      List<?> streams = (List<?>) journal.get("streams");
      Map<?, ?> last = streams.isEmpty() ? Map.of() : (Map<?, ?>) streams.get(streams.size() - 1);
      Values values = Reading.values(journal);
      Values stream = Reading.values(last);
      table.row(
          values.text("name"),
          values.text("node"),
          values.bytes("bytes"),
          values.duration("age_millis"),
          stream.text("stream"),
          stream.text("first_offset"),
          stream.text("end_offset"));
    }
    return table;
  }

  @Command(
      name = "tail",
      description = "Shows the last commands of a journal, and where each ends.")
  int tail(
      @Mixin AgentOptions agent,
      @Option(
              names = "-n",
              paramLabel = "COUNT",
              defaultValue = "10",
              description = "How many (default: ${DEFAULT-VALUE}).")
          int count,
      @Option(names = "--json", description = "Print a JSON array.") boolean json,
      @Parameters(
              arity = "0..1",
              paramLabel = "NAME",
              defaultValue = "local",
              description = "Journal or node, see 'list' (default: ${DEFAULT-VALUE}).")
          String name)
      throws CliException, IOException {
    try (ServerConnection connection = agent.connect()) {
      Object reply = connection.require("JOURNAL", "TAIL", name, Integer.toString(count));
      List<String> lines = ((List<?>) reply).stream().map(ServerConnection::text).toList();
      if (json) {
        out().println(JsonOut.of(lines));
      } else {
        lines.forEach(out()::println);
      }
    }
    return ExitCode.FINE;
  }

  private PrintWriter out() {
    return spec.commandLine().getOut();
  }
}
