package io.norn.cli;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the datasets of all nodes while clients write. */
@Command(
    name = "verify",
    description = {
      "Compares the datasets of all nodes, online: a key is only called different when everything",
      "written before has arrived everywhere and nobody writes to it.",
      "Progress goes to standard error, differing keys to standard output."
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:all equal", "1:something differs", "2:wrong usage", "3:no agent"})
final class VerifyCommand implements Callable<Integer> {
  private static final int POLL_MILLIS = 500;

  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;

  @Option(
      names = "--repair",
      paramLabel = "NODE",
      description = "Where values differ let all others take that of this node.")
  private String repairFrom;

  @Option(names = "--json", description = "Print one JSON object at the end.")
  private boolean json;

  private final List<Map<?, ?>> differences = new ArrayList<>();

  @Override
  public Integer call() throws CliException, IOException, InterruptedException {
    try (ServerConnection connection = agent.connect()) {
      if (repairFrom == null) {
        connection.require("VERIFY", "START");
      } else {
        connection.require("VERIFY", "START", "REPAIR", repairFrom);
      }
      Map<?, ?> last = await(connection);
      Values values = Reading.values(last);
      if (!values.text("state").equals("done")) {
        String why = values.text("reason").isEmpty() ? values.text("state") : values.text("reason");
        throw new CliException(ExitCode.FAILED, "comparing ended: " + why);
      }
      print(last, values);
      return isFine(values) ? ExitCode.FINE : ExitCode.FAILED;
    }
  }

  private static boolean isFine(Values values) {
    return values.text("different").equals(values.text("repaired"));
  }

  private Map<?, ?> await(ServerConnection connection)
      throws CliException, IOException, InterruptedException {
    while (true) {
      String from = Integer.toString(differences.size() + 1);
      Map<?, ?> status =
          Reading.object(connection, connection.requireText("VERIFY", "STATUS", from));
      List<Map<?, ?>> more = Reading.list(status, "differences");
      differences.addAll(more);
      boolean ends = !Reading.values(status).text("state").equals("running") && more.isEmpty();
      progress(Reading.values(status), ends ? "\n" : "");
      if (ends) {
        return status;
      }
      Thread.sleep(more.isEmpty() ? POLL_MILLIS : 1);
    }
  }

  private void progress(Values status, String end) {
    if (Terminal.isTerminal() && !json) {
      PrintWriter err = spec.commandLine().getErr();
      err.print("\r" + progressLine(status) + "\u001b[K" + end);
      err.flush();
    }
  }

  static String progressLine(Values status) {
    return String.format(
        "compared %s of %s keys, %s suspect, %s different, %s",
        status.text("compared"),
        status.text("keys"),
        status.text("suspects"),
        status.text("different"),
        status.duration("elapsed_millis"));
  }

  private void print(Map<?, ?> last, Values values) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> all = new LinkedHashMap<>();
      last.forEach((name, value) -> all.put(String.valueOf(name), value));
      all.put("differences", differences);
      out.println(JsonOut.of(all));
      return;
    }
    differences.forEach(difference -> lines(difference).forEach(out::println));
    out.println(summary(values));
  }

  /** What is printed of one key: the key, then each node's side of it. */
  static List<String> lines(Map<?, ?> difference) {
    Values key = Reading.values(difference);
    List<String> lines = new ArrayList<>();
    String db = key.text("db").equals("0") ? "" : " (db " + key.text("db") + ")";
    lines.add(Texts.printable(key.text("key")) + db + ": " + key.text("what") + " differs");
    for (Map<?, ?> side : Reading.list(difference, "nodes")) {
      Values held = Reading.values(side);
      String expiry =
          held.text("expires_at_millis").equals("-1")
              ? ""
              : " expires at " + held.text("expires_at_millis");
      lines.add(
          ("  " + held.text("node") + "  " + held.text("type") + " " + held.text("digest") + expiry)
              .stripTrailing());
    }
    return lines;
  }

  static String summary(Values values) {
    String counted =
        values.text("keys") + " keys on all nodes compared in " + values.duration("elapsed_millis");
    String unsettled =
        values.text("unsettled").equals("0")
            ? ""
            : "; " + values.text("unsettled") + " were written to whenever they were looked at";
    if (values.text("different").equals("0")) {
      return counted + ": all equal" + unsettled;
    }
    String repaired =
        values.text("repaired").equals("0") ? "" : ", " + values.text("repaired") + " repaired";
    return counted + ": " + values.text("different") + " different" + repaired + unsettled;
  }
}
