package io.norn.cli;

import io.norn.examples.mesh.Programs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which programs to start for a demonstration or a measurement. */
final class ProgramOptions {
  @Option(
      names = "--server",
      paramLabel = "FILE",
      description =
          "The server program (default: valkey-server or redis-server of the PATH, else the one"
              + " that comes with Norn).")
  private Path server;

  /** Finds them; the agent is that of this installation. */
  Programs programs() throws IOException {
    return Programs.find(Optional.ofNullable(server), agent());
  }

  /** The launcher, which knows the right options for Java; without one, this Java as it is. */
  private static List<String> agent() {
    String launcher = System.getProperty("norn.launcher");
    if (launcher != null) {
      return List.of(launcher, "agent");
    }
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classPath = System.getProperty("java.class.path");
    return List.of(java, "-cp", classPath, Main.class.getName(), "agent");
  }
}
