package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.JavaProcess;
import io.norn.testkit.server.FreePort;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An agent in a child process, which may be killed and started again. */
final class AgentProcess implements Closeable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final List<String> JVM =
      List.of(
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-Xmx96m",
          "-XX:+ExitOnOutOfMemoryError",
          "-Dnorn.test.log=INFO",
          "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
          "--add-opens=java.base/sun.nio.ch=ALL-UNNAMED",
          "--add-opens=java.base/java.lang=ALL-UNNAMED",
          "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED");

  private final List<String> arguments;
  private final Credentials credentials;
  private final int port;
  private final List<String> earlierLines = new ArrayList<>();
  private JavaProcess process;

  /**
   * Prepares it.
   *
   * @param arguments as on the command line, without the port
   */
  AgentProcess(List<String> arguments) throws IOException {
    this(arguments, Credentials.NONE);
  }

  /** As before, for a control port that asks for a password. */
  AgentProcess(List<String> arguments, Credentials credentials) throws IOException {
    this.credentials = credentials;
    this.port = FreePort.next();
    this.arguments = new ArrayList<>(arguments);
    this.arguments.addAll(List.of("--port", Integer.toString(port)));
  }

  /** Starts it, without waiting. */
  void launch() throws IOException {
    process = JavaProcess.start(JVM, AgentMain.class.getName(), arguments);
  }

  /** Starts it so that it dies where it reaches a place, see {@code CrashPoint}. */
  void startToDieAt(String point) throws IOException {
    List<String> jvm = new ArrayList<>(JVM);
    jvm.add("-Dnorn.crash-point=" + point);
    process = JavaProcess.start(jvm, AgentMain.class.getName(), arguments);
    awaitReady();
  }

  /** Waits until it has died by itself. */
  void awaitDeath() throws IOException {
    process.awaitExit(START_LIMIT);
    earlierLines.addAll(process.lines());
  }

  /** Starts it and waits until its port answers. */
  void start() throws IOException {
    launch();
    awaitReady();
  }

  void awaitReady() throws IOException {
    process.awaitLine(line -> line.startsWith(AgentMain.READY), START_LIMIT);
  }

  /** The one line with which it refused to start. */
  String awaitRefusal() throws IOException {
    String line = process.awaitLine(each -> each.startsWith(AgentMain.FAILED), START_LIMIT);
    process.awaitExit(START_LIMIT);
    return line.substring(AgentMain.FAILED.length());
  }

  JavaProcess process() {
    return process;
  }

  Address address() {
    return new Address("127.0.0.1", port);
  }

  /** A connection to the control port. */
  ServerConnection connect() throws IOException {
    return ServerConnection.open(new Endpoint(address(), credentials, Optional.empty()));
  }

  /** The text of {@code INFO}, or why there is none. */
  String info() {
    try (ServerConnection agent = connect()) {
      return agent.requireText("INFO");
    } catch (IOException e) {
      return "no answer: " + e.getMessage();
    }
  }

  /** Lets it do nothing until {@link #resume}. */
  void suspend() throws IOException {
    signal("-STOP");
  }

  void resume() throws IOException {
    signal("-CONT");
  }

  private void signal(String name) throws IOException {
    Process kill = new ProcessBuilder("kill", name, Long.toString(process.pid())).start();
    try {
      assertThat(kill.waitFor()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }

  /** As a crash would. */
  void kill() throws IOException {
    process.kill();
    earlierLines.addAll(process.lines());
  }

  /** Asks it to stop, and waits until it has; milliseconds that it took. */
  long stop() throws IOException {
    long begin = System.nanoTime();
    process.terminate();
    process.awaitExit(START_LIMIT);
    earlierLines.addAll(process.lines());
    return (System.nanoTime() - begin) / 1_000_000;
  }

  /** All that it has printed, also before it was killed. */
  List<String> lines() {
    List<String> all = new ArrayList<>(earlierLines);
    if (process != null && process.isRunning()) {
      all.addAll(process.lines());
    }
    return all;
  }

  boolean isRunning() {
    return process != null && process.isRunning();
  }

  @Override
  public void close() throws IOException {
    if (isRunning()) {
      kill();
    }
  }
}
