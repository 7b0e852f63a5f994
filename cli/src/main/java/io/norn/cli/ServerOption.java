package io.norn.cli;

import io.norn.testkit.server.ServerBinary;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Which server to start for a demonstration or a measurement. */
final class ServerOption {
  @Option(
      names = "--server",
      paramLabel = "FILE",
      description =
          "The server program (default: valkey-server or redis-server of the PATH, else the one"
              + " that comes with Norn).")
  private Path program;

  /**
   * The program to use.
   *
   * @throws CliException if it is no server
   */
  ServerBinary binary() throws CliException {
    try {
      return program == null ? ServerBinary.preferred() : ServerBinary.at(program);
    } catch (UncheckedIOException e) {
      throw new CliException(ExitCode.FAILED, e.getCause().getMessage());
    }
  }
}
