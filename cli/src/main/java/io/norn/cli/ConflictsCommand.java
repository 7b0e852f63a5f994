package io.norn.cli;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows the latest decisions between two sides. */
@Command(
    name = "conflicts",
    description = "Shows the latest decisions: key, what each side did, who won and by which rule.")
final class ConflictsCommand implements Callable<Integer> {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss.SSS");

  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;

  @Option(
      names = "-n",
      paramLabel = "COUNT",
      defaultValue = "20",
      description = "How many (default: ${DEFAULT-VALUE}).")
  private int count;

  @Option(names = "--json", description = "Print the agent's own JSON.")
  private boolean json;

  @Override
  public Integer call() throws CliException, IOException {
    try (ServerConnection connection = agent.connect()) {
      String raw = connection.requireText("CONFLICTS", Integer.toString(count));
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(raw);
      } else {
        lines(Reading.object(connection, raw), ZoneId.systemDefault()).forEach(out::println);
      }
    }
    return ExitCode.FINE;
  }

  /** What is printed: each decision in two lines, the newest first, then the counters. */
  static List<String> lines(Map<?, ?> answer, ZoneId zone) {
    List<String> lines = new ArrayList<>();
    for (Map<?, ?> conflict : Reading.list(answer, "latest")) {
      Values values = Reading.values(conflict);
      Instant at = Instant.ofEpochMilli(Long.parseLong(values.text("at_millis")));
      String db = values.text("db").equals("0") ? "" : " (db " + values.text("db") + ")";
      lines.add(
          TIME.format(at.atZone(zone))
              + "  "
              + values.text("rule")
              + "  "
              + Texts.printable(values.text("key"))
              + db);
      lines.add("  won   " + side(Reading.inner(conflict, "winner"), zone));
      lines.add("  lost  " + side(Reading.inner(conflict, "loser"), zone));
    }
    lines.add(counters(Reading.inner(answer, "counters")));
    return lines;
  }

  /** The sum, and what is not 0. */
  private static String counters(Values counters) {
    StringBuilder text = new StringBuilder("conflicts " + counters.text("conflicts"));
    counters
        .fields()
        .forEach(
            (name, value) -> {
              if (!name.equals("conflicts") && !"0".equals(String.valueOf(value))) {
                text.append("   ").append(name.replace('_', '-')).append(' ').append(value);
              }
            });
    return text.toString();
  }

  private static String side(Values side, ZoneId zone) {
    long micros = Long.parseLong(side.text("hlc_micros"));
    String at = TIME.format(Instant.ofEpochMilli(micros / 1000).atZone(zone));
    return side.text("node") + " at " + at + "  " + Texts.printable(side.text("command"));
  }
}
