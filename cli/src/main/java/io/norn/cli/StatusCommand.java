package io.norn.cli;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Shows what a running agent is doing. */
@Command(
    name = "status",
    description = "Shows node, server, peers, lag, journals and conflicts of a running agent.")
final class StatusCommand implements Callable<Integer> {
  private static final int WATCH_MILLIS = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;

  @Option(names = "--json", description = "Print the agent's own JSON.")
  private boolean json;

  @Option(names = "--watch", description = "Show it again each second until Ctrl-C.")
  private boolean watch;

  @Override
  public Integer call() throws CliException, IOException, InterruptedException {
    try (ServerConnection connection = agent.connect()) {
      print(text(connection), "");
      String before = Terminal.redrawFromTop();
      while (watch) {
        Thread.sleep(WATCH_MILLIS);
        print(text(connection), before);
      }
    }
    return ExitCode.FINE;
  }

  private String text(ServerConnection connection) throws CliException, IOException {
    String raw = connection.requireText("STATUS");
    try {
      Map<String, Map<String, String>> sections = StatusJson.parse(raw);
      return json ? raw : StatusView.render(sections, System.currentTimeMillis());
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.FAILED, connection.endpoint() + ": " + e.getMessage());
    }
  }

  private void print(String text, String before) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(before + text.stripTrailing());
    out.flush();
  }
}
