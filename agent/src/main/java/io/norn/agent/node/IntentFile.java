package io.norn.agent.node;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.norn.apply.Intents;
import io.norn.merge.OwedField;
import io.norn.stream.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * {@link Intents} in one small file that is written in place, with a checksum: what is torn was
 * never followed by a transaction. It is not forced to disk: it is for processes that are killed,
 * not for machines that lose power.
 */
public final class IntentFile implements Intents {
  private static final int HEADER_BYTES = 2 * Integer.BYTES;
  private static final String DOUBTFUL = "?";
  private static final String FAILED = "!";

  private final Path path;
  private Entry last;

  private IntentFile(Path path, Entry last) {
    this.path = path;
    this.last = last;
  }

  /**
   * Opens it; a file that is missing or damaged holds nothing.
   *
   * @throws IOException if it is there and cannot be read
   */
  public static IntentFile open(Path path) throws IOException {
    byte[] bytes = Files.exists(path) ? Files.readAllBytes(path) : new byte[0];
    return new IntentFile(path, decode(bytes));
  }

  @Override
  public Entry read() {
    return last;
  }

  @Override
  public void write(Entry record) throws IOException {
    byte[] text = Text.bytes(encode(record));
    ByteBuffer bytes = ByteBuffer.allocate(HEADER_BYTES + text.length);
    bytes.putInt(text.length).putInt(checksum(text)).put(text).flip();
    try (FileChannel channel =
        FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      while (bytes.hasRemaining()) {
        channel.write(bytes, bytes.position());
      }
    }
    last = record;
  }

  private static int checksum(byte[] text) {
    CRC32C crc = new CRC32C();
    crc.update(text);
    return (int) crc.getValue();
  }

  private static String encode(Entry record) {
    StringBuilder text = new StringBuilder().append(record.batch());
    record.doubtful().forEach(field -> append(text, DOUBTFUL, field));
    record.failed().forEach(field -> append(text, FAILED, field));
    return text.toString();
  }

  private static void append(StringBuilder text, String kind, OwedField field) {
    String node = field.cause().origin().node();
    text.append('\n').append(kind).append(' ').append(node).append(' ').append(field.encode());
  }

  private static Entry decode(byte[] bytes) {
    if (bytes.length < HEADER_BYTES) {
      return Entry.NONE;
    }
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int length = in.getInt();
    int checksum = in.getInt();
    if (length < 0 || length > in.remaining()) {
      return Entry.NONE;
    }
    byte[] text = new byte[length];
    in.get(text);
    return checksum(text) == checksum ? parse(new String(text, UTF_8)) : Entry.NONE;
  }

  private static Entry parse(String text) {
    String[] lines = text.split("\n", -1);
    List<OwedField> doubtful = new ArrayList<>();
    List<OwedField> failed = new ArrayList<>();
    for (String line : lines) {
      String[] words = line.split(" ", 3);
      OwedField field = words.length == 3 ? OwedField.decode(words[1], words[2]) : null;
      if (field != null) {
        (words[0].equals(DOUBTFUL) ? doubtful : failed).add(field);
      }
    }
    return new Entry(Text.integer(Text.bytes(lines[0])).orElse(0), doubtful, failed);
  }
}
