package io.norn.testkit.server;

import io.norn.net.Address;
import io.norn.net.Credentials;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.Leftovers;
import io.norn.testkit.TempDirs;
import java.io.Closeable;
import java.io.File;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A real server as a child process, on loopback, with a port and a directory of its own.
 *
 * <p>It does not save by itself, so a stop and a start lose the data unless {@code --save} or
 * {@code --appendonly} is among the extra arguments or somebody called {@code SAVE}.
 */
public final class ServerProcess implements Closeable {
  private static final int PORTS_TO_TRY = 5;
  private static final int STOP_SECONDS = 30;

  private final ServerBinary binary;
  private final List<String> extraArgs;
  private final Path directory;
  private int port;
  private volatile Process process;

  private ServerProcess(ServerBinary binary, List<String> extraArgs) throws IOException {
    this.binary = binary;
    this.extraArgs = extraArgs;
    this.directory = TempDirs.create("norn-server-");
  }

  /**
   * Starts a server and waits until it answers.
   *
   * @param extraArgs options such as {@code --maxmemory 2mb}; they win over those set here. The
   *     password of {@code --requirepass} is used for {@link #connect}.
   * @throws IOException if it does not come up; the message holds the end of its log
   */
  public static ServerProcess start(ServerBinary binary, String... extraArgs) throws IOException {
    ServerProcess server = new ServerProcess(binary, List.of(extraArgs));
    try {
      server.startOnFreePort();
      return server;
    } catch (IOException e) {
      server.close();
      throw e;
    }
  }

  public ServerBinary binary() {
    return binary;
  }

  public int port() {
    return port;
  }

  /** Where it listens, with the password of {@code --requirepass} if one was given. */
  public Endpoint endpoint() {
    int option = extraArgs.lastIndexOf("--requirepass");
    Credentials credentials =
        option < 0 ? Credentials.NONE : new Credentials("", extraArgs.get(option + 1));
    return new Endpoint(new Address("127.0.0.1", port), credentials, Optional.empty());
  }

  /** A new connection, to be closed by the caller. */
  public ServerConnection connect() throws IOException {
    return ServerConnection.open(endpoint());
  }

  public long pid() {
    return process.pid();
  }

  /** Where its data files and {@code server.log} are; gone after {@link #close}. */
  public Path directory() {
    return directory;
  }

  /** All that it has logged since the first start. */
  public String log() throws IOException {
    return Files.readString(logFile(), StandardCharsets.UTF_8);
  }

  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  /** Kills it as a crash would ({@code kill -9}) and waits until it is gone. */
  public void kill() throws IOException {
    process.destroyForcibly();
    awaitExit();
  }

  /** Lets it shut down cleanly ({@code SIGTERM}, the same as {@code SHUTDOWN}) and waits for it. */
  public void stop() throws IOException {
    if (isRunning()) {
      resume();
    }
    process.destroy();
    awaitExit();
  }

  /** Starts it again with the same port, directory and arguments, after a clean stop if it runs. */
  public void restart() throws IOException {
    if (isRunning()) {
      stop();
    }
    launch();
  }

  /** Freezes it: connections stay, nothing is answered. */
  public void pause() throws IOException {
    signal("STOP");
  }

  /** Ends {@link #pause}; nothing happens if it was not paused. */
  public void resume() throws IOException {
    signal("CONT");
  }

  /** Kills it and removes its directory. */
  @Override
  public void close() throws IOException {
    if (process != null) {
      kill();
    }
    TempDirs.delete(directory);
  }

  @Override
  public String toString() {
    return binary.name() + " on port " + port;
  }

  private void startOnFreePort() throws IOException {
    for (int attempt = 1; ; attempt++) {
      port = FreePort.next();
      try {
        launch();
        return;
      } catch (BindException e) {
        if (attempt == PORTS_TO_TRY) {
          throw e;
        }
      }
    }
  }

  private void launch() throws IOException {
    long logStart = logFile().toFile().length();
    File log = logFile().toFile();
    process =
        new ProcessBuilder(commandLine())
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.appendTo(log))
            .start();
    Leftovers.watch(process);
    try {
      new StartUp(endpoint(), process).await();
    } catch (IOException e) {
      kill();
      throw describe(e, Files.readString(logFile()).substring((int) logStart));
    }
  }

  private List<String> commandLine() {
    List<String> line = new ArrayList<>(binary.command());
    line.addAll(List.of("--port", Integer.toString(port), "--bind", "127.0.0.1"));
    line.addAll(List.of("--dir", directory.toString(), "--save", "", "--appendonly", "no"));
    line.addAll(List.of("--repl-diskless-sync-delay", "0"));
    line.addAll(extraArgs);
    return line;
  }

  private IOException describe(IOException cause, String log) {
    if (log.contains("Address already in use") || log.contains("Failed listening on port")) {
      return new BindException(this + ": the port is taken");
    }
    return new IOException(this + ": " + cause.getMessage() + "; its log:\n" + log, cause);
  }

  private Path logFile() {
    return directory.resolve("server.log");
  }

  /** Java has no call for these signals; {@code kill} is part of every shell. */
  private void signal(String name) throws IOException {
    if (!isRunning()) {
      throw new IOException(this + ": cannot send SIG" + name + ", it does not run");
    }
    Process kill = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start();
    try {
      if (kill.waitFor() != 0) {
        throw new IOException(this + ": cannot send SIG" + name);
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void awaitExit() throws IOException {
    try {
      if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException(this + ": still running after " + STOP_SECONDS + " s");
      }
      Leftovers.forget(process);
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private static InterruptedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new InterruptedIOException("interrupted while waiting for a server");
  }
}
