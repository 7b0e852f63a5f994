package io.norn.cli;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.ConfigException;
import io.norn.agent.doctor.Doctor;
import io.norn.agent.doctor.Finding;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Examines what is around an agent. */
@Command(
    name = "doctor",
    description = {
      "Checks servers, settings, rights, clocks, disk and names, and says how to mend what it finds.",
      "Asks a running agent, or with --config looks for itself."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:fine", "1:something is wrong", "2:wrong usage", "3:no agent", "4:bad file"})
final class DoctorCommand implements Callable<Integer> {
  private static final int PATIENCE_MILLIS = 60_000;

  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;

  @Option(
      names = {"-c", "--config"},
      paramLabel = "FILE",
      description = "Look at what this configuration says, without an agent.")
  private String file;

  @Option(names = "--json", description = "Print a JSON array of findings.")
  private boolean json;

  @Override
  public Integer call() throws CliException, IOException {
    List<Values> findings = file == null ? asked() : ownFindings();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(JsonOut.of(findings.stream().map(Values::fields).toList()));
    } else {
      lines(findings).forEach(out::println);
    }
    return findings.stream().allMatch(finding -> finding.text("severity").equals("note"))
        ? ExitCode.FINE
        : ExitCode.FAILED;
  }

  private List<Values> asked() throws CliException, IOException {
    try (ServerConnection connection = agent.connect()) {
      connection.replyTimeout(PATIENCE_MILLIS);
      List<Map<?, ?>> found = Reading.objects(connection, connection.requireText("DOCTOR"));
      return found.stream().map(Reading::values).toList();
    }
  }

  private List<Values> ownFindings() throws CliException {
    try {
      List<Finding> findings = Doctor.of(AgentConfig.load(List.of(file)));
      return findings.stream().map(Finding::fields).map(Values::new).toList();
    } catch (ConfigException e) {
      throw new CliException(ExitCode.CONFIGURATION, e.getMessage());
    }
  }

  /** What is printed: the problem, and under it what mends it. */
  static List<String> lines(List<Values> findings) {
    List<String> lines = new ArrayList<>();
    for (Values finding : findings) {
      lines.add(
          finding.text("severity").toUpperCase(Locale.ROOT)
              + "  "
              + Texts.printable(finding.text("where") + ": " + finding.text("problem")));
      lines.add("    " + Texts.printable(finding.text("remedy")));
    }
    long wrong = findings.stream().filter(each -> !each.text("severity").equals("note")).count();
    lines.add(wrong == 0 ? "nothing is wrong" : wrong + " to mend");
    return lines;
  }
}
