package io.norn.agent.config;

import io.norn.net.Address;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The text file that holds {@link PeerChanges}: a head line, {@code added HOST PORT}, {@code
 * removed HOST PORT} and {@code paused HOST PORT} lines, and an end line with their number, which
 * tells a cut file.
 */
final class PeerFile {
  private static final String HEAD = "norn-peers 1";
  private static final String END = "end ";

  private final Path file;

  PeerFile(Path file) {
    this.file = file;
  }

  /**
   * What the file says; nothing if there is none.
   *
   * @throws IOException if it cannot be read or is damaged; one line for users
   */
  PeerChanges read() throws IOException {
    if (!Files.exists(file)) {
      return PeerChanges.NONE;
    }
    List<String> lines =
        new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEAD)) {
      throw damaged(1, "does not begin with '" + HEAD + "'");
    }
    int last = lines.size() - 1;
    if (!lines.get(last).equals(END + (last - 1))) {
      throw damaged(lines.size(), "is not the end line, or lines are missing");
    }
    return parse(lines.subList(1, last));
  }

  private PeerChanges parse(List<String> lines) throws IOException {
    List<Address> added = new ArrayList<>();
    List<Address> removed = new ArrayList<>();
    List<Address> paused = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      int number = i + 2;
      String[] words = lines.get(i).split(" ", -1);
      switch (words[0]) {
        case "added" -> added.add(address(words, number));
        case "removed" -> removed.add(address(words, number));
        case "paused" -> paused.add(address(words, number));
        default -> throw damaged(number, "is no 'added', 'removed' or 'paused HOST PORT'");
      }
    }
    return new PeerChanges(added, removed, paused);
  }

  private Address address(String[] words, int number) throws IOException {
    if (words.length != 3) {
      throw damaged(number, "is not '" + words[0] + " HOST PORT'");
    }
    try {
      return Hosts.address(words[1], words[2]);
    } catch (IllegalArgumentException e) {
      throw damaged(number, "has a bad address, " + e.getMessage());
    }
  }

  private IOException damaged(int line, String problem) {
    return new IOException(
        file
            + " line "
            + line
            + " "
            + problem
            + ": the file is damaged; remove it, then add and remove peers again as you did");
  }

  /**
   * Replaces the file, so that it holds the old or the new text whatever happens.
   *
   * @throws IOException if it cannot be written; the old text then stands
   */
  void write(PeerChanges changes) throws IOException {
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    try {
      writeAndSync(temporary, text(changes).getBytes(StandardCharsets.UTF_8));
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      syncDirectory();
    } catch (IOException e) {
      throw new IOException(
          file
              + " cannot be written: "
              + e.getMessage()
              + ": see that the disk"
              + " is not full and the agent may write there",
          e);
    }
  }

  private static String text(PeerChanges changes) {
    StringBuilder text = new StringBuilder(HEAD).append('\n');
    changes.added().forEach(peer -> append(text, "added", peer));
    changes.removed().forEach(peer -> append(text, "removed", peer));
    changes.paused().forEach(peer -> append(text, "paused", peer));
    int count = changes.added().size() + changes.removed().size() + changes.paused().size();
    return text.append(END).append(count).append('\n').toString();
  }

  private static void append(StringBuilder text, String verb, Address peer) {
    text.append(verb).append(' ').append(peer.host()).append(' ').append(peer.port()).append('\n');
  }

  private static void writeAndSync(Path target, byte[] bytes) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            target,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Makes the rename itself outlive a power loss. */
  private void syncDirectory() throws IOException {
    try (FileChannel directory = FileChannel.open(file.getParent(), StandardOpenOption.READ)) {
      directory.force(true);
    }
  }
}
