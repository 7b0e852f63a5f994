package io.norn.agent.control;

import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.testkit.Leftovers;
import io.norn.testkit.TempDirs;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A real Sentinel that watches one primary, impatiently. */
final class Sentinel implements Closeable {
  private static final String NAME = "mymaster";

  private final Path directory = TempDirs.create("norn-sentinel-");
  private final int port = FreePort.next();
  private final Process process;

  Sentinel(ServerBinary binary, ServerProcess primary) throws IOException {
    Path config = Files.write(directory.resolve("sentinel.conf"), configuration(primary));
    List<String> command = new ArrayList<>(binary.command());
    command.addAll(List.of(config.toString(), "--sentinel"));
    process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(Redirect.to(directory.resolve("log").toFile()))
            .start();
    Leftovers.watch(process);
  }

  private List<String> configuration(ServerProcess primary) {
    return List.of(
        "port " + port,
        "bind 127.0.0.1",
        "dir " + directory,
        "sentinel monitor " + NAME + " 127.0.0.1 " + primary.port() + " 1",
        "sentinel down-after-milliseconds " + NAME + " 1000",
        "sentinel failover-timeout " + NAME + " 60000");
  }

  /** How many replicas it has found. */
  int replicas() throws IOException {
    try (ServerConnection connection = ServerConnection.open(Endpoint.plain("127.0.0.1", port))) {
      List<?> fields = (List<?>) connection.require("SENTINEL", "MASTER", NAME);
      for (int i = 0; i < fields.size(); i += 2) {
        if (ServerConnection.text(fields.get(i)).equals("num-slaves")) {
          return Integer.parseInt(ServerConnection.text(fields.get(i + 1)));
        }
      }
      return 0;
    }
  }

  String log() throws IOException {
    return Files.readString(directory.resolve("log"));
  }

  @Override
  public void close() throws IOException {
    process.destroyForcibly().onExit().join();
    Leftovers.forget(process);
    TempDirs.delete(directory);
  }
}
