package io.norn.agent.node;

import io.norn.journal.JournalLock;
import io.norn.net.Address;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The agent's directory, held by one agent at a time. */
public final class DataDirectory implements Closeable {
  private final Path root;
  private final JournalLock lock;
  private final String incarnation;

  private DataDirectory(Path root, JournalLock lock, String incarnation) {
    this.root = root;
    this.lock = lock;
    this.incarnation = incarnation;
  }

  /**
   * Opens it, made if it is missing.
   *
   * @throws IOException with one line for users if it cannot be used
   */
  public static DataDirectory open(Path root) throws IOException {
    try {
      Files.createDirectories(root);
      JournalLock lock = JournalLock.acquire(root);
      SmallFile file = new SmallFile(root.resolve("incarnation"));
      Optional<String> known = file.read();
      String incarnation = known.orElseGet(() -> UUID.randomUUID().toString());
      if (known.isEmpty()) {
        file.write(incarnation);
      }
      return new DataDirectory(root, lock, incarnation);
    } catch (FileSystemException e) {
      throw new IOException(
          "data directory " + root + " cannot be used: " + reason(e) + "; see directive 'dir'", e);
    }
  }

  public Path root() {
    return root;
  }

  /** Random name of this directory's life, so that two nodes of one name are told apart. */
  public String incarnation() {
    return incarnation;
  }

  public Path outbound() {
    return root.resolve("local");
  }

  /**
   * Where the stream of a peer is kept; made if it is missing.
   *
   * @throws IOException with one line for users if it cannot be used
   */
  public Path inbound(Address peer) throws IOException {
    String name = (peer.host() + "_" + peer.port()).replaceAll("[^A-Za-z0-9._-]", "-");
    Path path = root.resolve("peers.d").resolve(name);
    try {
      return Files.createDirectories(path);
    } catch (FileSystemException e) {
      throw new IOException("directory " + path + " cannot be used: " + reason(e), e);
    }
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }

  /** A file beside the journals. */
  public SmallFile file(String name) {
    return new SmallFile(root.resolve(name));
  }

  /** Removes a directory with all in it. */
  public static void deleteTree(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> paths = Files.walk(directory)) {
        for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
