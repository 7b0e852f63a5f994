package io.norn.cli;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
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
    description = "Shows node, server, peers, lag, rates, journals and conflicts of an agent.")
final class StatusCommand implements Callable<Integer> {
  private static final int WATCH_MILLIS = 1_000;

  @Spec private CommandSpec spec;
  @Mixin private AgentOptions agent;

  @Option(
      names = "--json",
      description = "Print the agent's own JSON; with --watch a line a second.")
  private boolean json;

  @Option(
      names = "--watch",
      description =
          "Show it again each second until Ctrl-C: a screen on a terminal, else plain text.")
  private boolean watch;

  @Override
  public Integer call() throws CliException, IOException, InterruptedException {
    if (watch && !json && Terminal.isTerminal()) {
      watchOnScreen();
    } else {
      printPlainly();
    }
    return ExitCode.FINE;
  }

  private void printPlainly() throws CliException, IOException, InterruptedException {
    try (ServerConnection connection = agent.connect()) {
      print(text(connection));
      while (watch) {
        Thread.sleep(WATCH_MILLIS);
        print((json ? "" : System.lineSeparator()) + text(connection));
      }
    }
  }

  private String text(ServerConnection connection) throws CliException, IOException {
    String raw = connection.requireText("STATUS");
    Map<String, Map<String, String>> sections = parsed(connection, raw);
    return json ? raw : StatusView.render(sections, System.currentTimeMillis());
  }

  private static Map<String, Map<String, String>> parsed(ServerConnection connection, String raw)
      throws CliException {
    try {
      return StatusJson.parse(raw);
    } catch (IllegalArgumentException e) {
      throw new CliException(ExitCode.FAILED, connection.endpoint() + ": " + e.getMessage());
    }
  }

  private void print(String text) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(text.stripTrailing());
    out.flush();
  }

  /** What is wrong at the start is an error; an agent that goes away later may come back. */
  private void watchOnScreen() throws CliException, IOException, InterruptedException {
    ServerConnection connection = agent.connect();
    try (LiveScreen screen = new LiveScreen(spec.commandLine().getOut())) {
      while (true) {
        Terminal.Size size = Terminal.size();
        try {
          connection = connection == null ? agent.connect() : connection;
          Map<String, Map<String, String>> sections =
              parsed(connection, connection.requireText("STATUS"));
          screen.show(
              WatchScreen.lines(sections, size.columns(), size.rows(), System.currentTimeMillis()));
        } catch (IOException | CliException e) {
          screen.show(List.of(Texts.cut(Texts.printable(e.getMessage()), size.columns())));
          close(connection);
          connection = null;
        }
        Thread.sleep(WATCH_MILLIS);
      }
    } finally {
      close(connection);
    }
  }

  private static void close(ServerConnection connection) {
    if (connection != null) {
      connection.close();
    }
  }
}
