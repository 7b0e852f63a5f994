package io.norn.psync;

import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A real server on a free loopback port: the embedded Redis, or the program that {@code
 * -Dnorn.test.server=/path} names.
 */
public final class TestServer implements Closeable {
  private static final String RESOURCE = "/redis-server-7.0.15-linux-amd64";
  private static Path embedded;

  private final Path directory;
  private final int port;
  private final List<String> options;
  private Process process;

  private TestServer(Path directory, int port, List<String> options) {
    this.directory = directory;
    this.port = port;
    this.options = options;
  }

  /** Starts one that keeps its files in that directory; options as on its command line. */
  public static TestServer start(Path directory, String... options) throws IOException {
    TestServer server = new TestServer(directory, freePort(), List.of(options));
    server.run();
    return server;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static synchronized Path program() throws IOException {
    String given = System.getProperty("norn.test.server", "");
    if (!given.isEmpty()) {
      return Path.of(given);
    }
    if (embedded == null) {
      Path file = Files.createTempFile("norn-redis-server", "");
      file.toFile().deleteOnExit();
      try (InputStream in = TestServer.class.getResourceAsStream(RESOURCE)) {
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
      }
      if (!file.toFile().setExecutable(true)) {
        throw new IOException(file + " cannot be made executable");
      }
      embedded = file;
    }
    return embedded;
  }

  /** Starts it again, with the same port, directory and options. */
  public void run() throws IOException {
    List<String> command = new ArrayList<>(List.of(program().toString()));
    command.addAll(List.of("--bind", "127.0.0.1", "--port", Integer.toString(port)));
    command.addAll(List.of("--dir", directory.toString(), "--save", ""));
    command.addAll(List.of("--repl-diskless-sync-delay", "0"));
    command.addAll(List.of("--enable-debug-command", "local"));
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
            .start();
    awaitListening();
  }

  private Path log() {
    return directory.resolve("server-" + port + ".log");
  }

  private void awaitListening() throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (process.isAlive() && System.nanoTime() < deadline) {
      try (ServerConnection connection = connect()) {
        String reply = ServerConnection.text(connection.call("PING"));
        if (!reply.contains("LOADING")) {
          return;
        }
      } catch (IOException e) {
        if (e.getMessage().contains("NOAUTH")) {
          return;
        }
      }
      pause();
    }
    throw new IOException("server did not start: " + Files.readString(log()));
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  public Endpoint endpoint() {
    return Endpoint.plain("127.0.0.1", port);
  }

  public int port() {
    return port;
  }

  /** A new command connection. */
  public ServerConnection connect() throws IOException {
    return ServerConnection.open(endpoint());
  }

  /** Ends as on a machine that is shut down: with a last RDB if {@code save} is set. */
  public void stopCleanly() throws IOException {
    process.destroy();
    awaitEnd();
  }

  private void awaitEnd() throws IOException {
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        throw new IOException("server did not stop");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly();
    awaitEnd();
  }
}
