package io.norn.testkit;

import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A child JVM with the class path of this one. It is killed on close, and never outlives us. */
public final class JavaProcess implements Closeable {
  private static final int LIMIT_SECONDS = 30;
  private static final long OUTPUT_LIMIT_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final int LINES_SHOWN = 30;

  private final String name;
  private final Process process;
  private final OutputLines output = new OutputLines();

  private JavaProcess(String name, Process process) {
    this.name = name;
    this.process = process;
  }

  /**
   * Starts a JVM and returns at once.
   *
   * @param jvmArgs such as {@code -Xmx64m}
   * @param mainClass full name of a class on our class path
   */
  public static JavaProcess start(List<String> jvmArgs, String mainClass, List<String> args)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmArgs);
    command.addAll(List.of("-cp", classPath(), mainClass));
    command.addAll(args);
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .start();
    Leftovers.watch(process);
    JavaProcess java = new JavaProcess(mainClass, process);
    Thread reader = new Thread(() -> java.output.readAll(process.inputReader()));
    reader.setName("output of " + process.pid());
    reader.setDaemon(true);
    reader.start();
    return java;
  }

  public long pid() {
    return process.pid();
  }

  public boolean isRunning() {
    return process.isAlive();
  }

  /** All lines printed so far, to standard output and error. */
  public List<String> lines() {
    return output.all();
  }

  /**
   * The first line that matches, also of those printed before the call; waits for it.
   *
   * @throws IOException if it has not come when the time is up or the process has ended; the
   *     message holds the last lines
   */
  public String awaitLine(Predicate<String> wanted, Duration limit) throws IOException {
    try {
      return output
          .await(wanted, System.nanoTime() + limit.toNanos())
          .orElseThrow(() -> missingLine(limit));
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /**
   * Waits until it ends by itself, and returns its exit code.
   *
   * @throws IOException if it has not ended when the time is up; the message holds the last lines
   */
  public int awaitExit(Duration limit) throws IOException {
    try {
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IOException(this + " still runs after " + limit + lastLines());
      }
      Leftovers.forget(process);
      // A grandchild may keep the pipe open, so this has a limit of its own.
      output.await(line -> false, System.nanoTime() + OUTPUT_LIMIT_NANOS);
      return process.exitValue();
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  /** Kills it as a crash would ({@code kill -9}) and waits until it is gone. */
  public void kill() throws IOException {
    process.toHandle().destroyForcibly();
    awaitExit(Duration.ofSeconds(LIMIT_SECONDS));
  }

  /**
   * Asks it to end ({@code SIGTERM}); {@link #awaitExit} tells when it has. Sent by handle, because
   * {@link Process#destroy} closes the output that we still want to read.
   */
  public void terminate() {
    process.toHandle().destroy();
  }

  /** Resident memory; empty where the platform does not tell. */
  public OptionalLong rssBytes() {
    return ProcessUsage.rssBytes(pid());
  }

  /** Processor time so far; empty where the platform does not tell. */
  public OptionalLong cpuMillis() {
    return ProcessUsage.cpuMillis(pid());
  }

  @Override
  public void close() throws IOException {
    kill();
  }

  @Override
  public String toString() {
    return name + " (process " + pid() + ")";
  }

  /** Surefire starts us with a jar of no classes and tells the real class path here. */
  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private IOException missingLine(Duration limit) {
    String why =
        output.isEnded() ? " ended without the line" : " has not printed the line in " + limit;
    return new IOException(this + why + lastLines());
  }

  private String lastLines() {
    List<String> all = lines();
    List<String> last = all.subList(Math.max(0, all.size() - LINES_SHOWN), all.size());
    return "; it printed last:\n" + String.join("\n", last);
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for a child JVM");
  }
}
