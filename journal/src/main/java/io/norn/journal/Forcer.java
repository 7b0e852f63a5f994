package io.norn.journal;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Forces a file or a directory to the disk. Tests put a failing one in its place. */
@FunctionalInterface
interface Forcer {
  /** Forces with {@code fdatasync}, which on Linux covers pages written through a mapping. */
  Forcer DISK = Forcer::forceUninterrupted;

  void force(Path path) throws IOException;

  private static void forceUninterrupted(Path path) throws IOException {
    // An interrupt closes the channel and would look like a failed disk.
    boolean interrupted = Thread.interrupted();
    try {
      while (!forced(path)) {
        interrupted |= Thread.interrupted();
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static boolean forced(Path path) throws IOException {
    StandardOpenOption mode =
        Files.isDirectory(path) ? StandardOpenOption.READ : StandardOpenOption.WRITE;
    try (FileChannel channel = FileChannel.open(path, mode)) {
      channel.force(false);
      return true;
    } catch (ClosedByInterruptException e) {
      return false;
    }
  }
}
