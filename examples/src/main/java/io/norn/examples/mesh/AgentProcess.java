package io.norn.examples.mesh;

import io.norn.net.Address;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.Leftovers;
import io.norn.testkit.TempDirs;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A real agent as a child process, with a data directory of its own. */
public final class AgentProcess implements Closeable {
  private static final int START_SECONDS = 30;
  private static final int STOP_SECONDS = 10;
  private static final int POLL_MILLIS = 20;

  private final Address address;
  private final Path directory;
  private final Process process;

  private AgentProcess(Address address, Path directory, Process process) {
    this.address = address;
    this.directory = directory;
    this.process = process;
  }

  /**
   * Starts an agent and waits until its port answers.
   *
   * @param directives further directives, as on the command line
   * @throws IOException if it does not come up; the message holds the last line of its log
   */
  public static AgentProcess start(Programs programs, int port, List<String> directives)
      throws IOException {
    Path directory = TempDirs.create("norn-agent-");
    List<String> line = new ArrayList<>(programs.agent());
    line.addAll(List.of("--port", Integer.toString(port), "--dir", directory.toString()));
    line.addAll(directives);
    Process process =
        new ProcessBuilder(line)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(directory.resolve("agent.log").toFile()))
            .start();
    Leftovers.watch(process);
    AgentProcess agent = new AgentProcess(new Address("127.0.0.1", port), directory, process);
    agent.awaitAnswer();
    return agent;
  }

  public Address address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  /**
   * Checks that it still runs.
   *
   * @throws IOException if it has ended by itself; the message holds the last line of its log
   */
  public void requireRunning() throws IOException {
    if (!process.isAlive()) {
      throw new IOException(
          "the agent at %s ended with exit code %d: %s"
              .formatted(address, process.exitValue(), lastLine()));
    }
  }

  /** What it has logged so far. */
  public List<String> log() throws IOException {
    return Files.readAllLines(directory.resolve("agent.log"));
  }

  /** Stops it as an operator would, waits until it is gone, and removes its data. */
  @Override
  public void close() throws IOException {
    process.destroy();
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
    Leftovers.forget(process);
    TempDirs.delete(directory);
  }

  private void awaitAnswer() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
    while (!answers()) {
      if (!process.isAlive() || System.nanoTime() > deadline) {
        String last = lastLine();
        close();
        throw new IOException("an agent does not start: " + last);
      }
      pause();
    }
  }

  private String lastLine() throws IOException {
    List<String> log = log();
    return log.isEmpty() ? "it logged nothing" : log.get(log.size() - 1);
  }

  private boolean answers() {
    Endpoint endpoint = Endpoint.plain(address.host(), address.port());
    try (ServerConnection connection = ServerConnection.open(endpoint)) {
      return ServerConnection.text(connection.call("PING")).equals("PONG");
    } catch (IOException e) {
      return false;
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for an agent");
  }
}
