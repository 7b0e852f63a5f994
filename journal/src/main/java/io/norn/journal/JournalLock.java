package io.norn.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Lets one process at a time use a directory. The lock ends with the process, however it ends. */
public final class JournalLock implements Closeable {
  /** The name of the file that is locked and names its owner. */
  public static final String FILE = "owner";

  /**
   * Directories locked by this process. Closing any channel of a file drops all locks the process
   * has on it, so a second attempt must not even open it.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private JournalLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  /**
   * Locks a directory, created when missing.
   *
   * @throws JournalOpenException naming the process that holds it
   */
  public static JournalLock acquire(Path directory) throws IOException {
    Files.createDirectories(directory);
    Path real = directory.toRealPath();
    long self = ProcessHandle.current().pid();
    if (!HELD.add(real)) {
      throw taken(directory, "pid " + self + ", which is this process");
    }
    FileChannel channel = null;
    try {
      channel = openOwner(real);
      if (channel.tryLock() != null) {
        describe(channel, "pid " + self + "\n");
        return new JournalLock(real, channel);
      }
      throw taken(directory, Files.readString(real.resolve(FILE)).strip());
    } catch (IOException e) {
      HELD.remove(real);
      if (channel != null) {
        channel.close();
      }
      throw e;
    }
  }

  private static FileChannel openOwner(Path directory) throws IOException {
    return FileChannel.open(
        directory.resolve(FILE), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void describe(FileChannel channel, String text) throws IOException {
    channel.truncate(0);
    channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static JournalOpenException taken(Path directory, String owner) {
    return new JournalOpenException(
        directory + " is in use by " + owner + ": stop it, or use another directory");
  }

  @Override
  public void close() throws IOException {
    if (channel.isOpen()) {
      channel.close();
      HELD.remove(directory);
    }
  }
}
