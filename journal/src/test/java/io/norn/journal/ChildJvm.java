package io.norn.journal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A process of its own that can be killed. */
final class ChildJvm implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  private ChildJvm(Process process) {
    this.process = process;
    this.output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Starts {@link ChildMain} with the flags that Chronicle needs. */
  static ChildJvm start(String... arguments) throws IOException {
    return start(List.of(), flags(), arguments);
  }

  static ChildJvm start(List<String> prefix, List<String> flags, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(prefix);
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(flags);
    command.addAll(List.of("-Xmx128m", "-cp", System.getProperty("java.class.path")));
    command.add(ChildMain.class.getName());
    command.addAll(List.of(arguments));
    return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
  }

  static List<String> flags() {
    return List.of(
        "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
        "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
        "--add-opens=java.base/java.lang=ALL-UNNAMED",
        "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");
  }

  /** The next line it printed, null at the end. */
  String line() throws IOException {
    return output.readLine();
  }

  /** Skips what it prints until a line begins so; null when it ends before. */
  String lineWith(String beginning) throws IOException {
    String line = line();
    while (line != null && !line.startsWith(beginning)) {
      line = line();
    }
    return line;
  }

  long pid() {
    return process.pid();
  }

  /** Kills it as {@code kill -9} does and returns the rest of its lines. */
  List<String> kill() throws IOException, InterruptedException {
    // Process.destroyForcibly would close the pipe and lose the last lines.
    process.toHandle().destroyForcibly();
    List<String> rest = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      rest.add(line);
    }
    process.waitFor(30, TimeUnit.SECONDS);
    return rest;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
