package io.norn.journal;

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
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * A small file beside the records of a generation that is complete and on the disk: how many there
 * are, of which streams. What stands behind them in the data file does not count. A generation with
 * a seal need not be verified when the journal is opened.
 */
record Seal(
    long firstSequence,
    long endSequence,
    long bytes,
    long lastMillis,
    long fileBytes,
    List<Segment> segments) {
  static final String FILE = "seal";
  static final String TEMPORARY = "seal.tmp";

  private static final String HEADING = "norn-seal 1";

  static Seal of(Generation generation, long fileBytes) {
    return new Seal(
        generation.firstSequence(),
        generation.endSequence(),
        generation.bytes(),
        generation.lastMillis(),
        fileBytes,
        generation.segments());
  }

  /** Writes the file whole or not at all. */
  void write(Path directory, Forcer forcer) throws IOException {
    Path temporary = directory.resolve(TEMPORARY);
    byte[] bytes = text().getBytes(StandardCharsets.US_ASCII);
    try (FileChannel out =
        FileChannel.open(
            temporary,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      out.write(ByteBuffer.wrap(bytes));
    }
    forcer.force(temporary);
    Files.move(
        temporary,
        directory.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
    forcer.force(directory);
  }

  /** Reads the file; empty when there is none or it is not whole. */
  static Optional<Seal> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try {
      return parse(Files.readString(file, StandardCharsets.ISO_8859_1));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private String text() {
    StringBuilder text = new StringBuilder(HEADING).append('\n');
    text.append(firstSequence).append(' ').append(endSequence).append(' ').append(bytes);
    text.append(' ').append(lastMillis).append(' ').append(fileBytes).append('\n');
    for (Segment s : segments) {
      text.append(s.stream()).append(' ').append(s.firstOffset()).append(' ');
      text.append(s.endOffset()).append(' ').append(s.firstSequence()).append('\n');
    }
    return text + "crc " + checksum(text.toString()) + "\n";
  }

  private static Optional<Seal> parse(String text) {
    int crcAt = text.lastIndexOf("crc ");
    String body = text.substring(0, Math.max(0, crcAt));
    if (!text.equals(body + "crc " + checksum(body) + "\n") || !body.startsWith(HEADING + "\n")) {
      return Optional.empty();
    }
    String[] lines = body.split("\n", -1);
    String[] n = lines[1].split(" ", -1);
    List<Segment> segments = new ArrayList<>();
    for (int i = 2; i < lines.length - 1; i++) {
      segments.add(segment(lines[i].split(" ", -1)));
    }
    return Optional.of(
        new Seal(
            Long.parseLong(n[0]),
            Long.parseLong(n[1]),
            Long.parseLong(n[2]),
            Long.parseLong(n[3]),
            Long.parseLong(n[4]),
            List.copyOf(segments)));
  }

  private static Segment segment(String[] f) {
    return new Segment(f[0], Long.parseLong(f[1]), Long.parseLong(f[2]), Long.parseLong(f[3]));
  }

  private static String checksum(String text) {
    CRC32C crc = new CRC32C();
    crc.update(text.getBytes(StandardCharsets.ISO_8859_1));
    return Long.toHexString(crc.getValue());
  }
}
