package io.norn.examples.mesh;

import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What nodes on this machine consist of.
 *
 * @param server the program of all servers
 * @param agent how to start an agent: a command, to which its directives are added
 */
public record Programs(ServerBinary server, List<String> agent) {
  /** Keeps a copy of the command. */
  public Programs {
    agent = List.copyOf(agent);
  }

  /**
   * Finds the server program: the given one, else the one on the PATH, else the embedded one.
   *
   * @throws IOException if it does not run or is no server; one line for users
   */
  public static Programs find(Optional<Path> server, List<String> agent) throws IOException {
    try {
      return new Programs(server.map(ServerBinary::at).orElseGet(ServerBinary::preferred), agent);
    } catch (UncheckedIOException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
