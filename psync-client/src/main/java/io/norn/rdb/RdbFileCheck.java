package io.norn.rdb;

import com.moilioncircle.redis.replicator.util.CRC64;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Header and checksum of an RDB file, before anything in it is believed.
 *
 * @param version RDB version that the header names
 * @param hasChecksum false if the server left it out, {@code rdbchecksum no}
 */
record RdbFileCheck(int version, boolean hasChecksum) {
  static final int HEADER_BYTES = 9;
  static final int TRAILER_BYTES = 8;
  private static final int CHUNK_BYTES = 256 * 1024;

  /**
   * Reads the whole file once.
   *
   * @throws IOException if it is no RDB file, or its checksum is wrong
   */
  static RdbFileCheck of(Path file) throws IOException {
    long size = Files.size(file);
    if (size < HEADER_BYTES + 1 + TRAILER_BYTES) {
      throw new IOException(file + ": " + size + " bytes are no RDB file, it was cut");
    }
    try (InputStream in = Files.newInputStream(file)) {
      byte[] header = in.readNBytes(HEADER_BYTES);
      int version = version(file, header);
      long checksum = checksum(in, header, size - HEADER_BYTES - TRAILER_BYTES);
      long expected =
          ByteBuffer.wrap(in.readNBytes(TRAILER_BYTES)).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (expected != 0 && expected != checksum) {
        throw new IOException(
            String.format(
                "%s: the file is damaged or was cut: its checksum is %016x but %016x is expected",
                file, checksum, expected));
      }
      return new RdbFileCheck(version, expected != 0);
    }
  }

  private static int version(Path file, byte[] header) throws IOException {
    String magic = new String(header, StandardCharsets.ISO_8859_1);
    if (magic.matches("REDIS\\d{4}")) {
      return Integer.parseInt(magic.substring(5));
    }
    if (magic.matches("VALKEY\\d{3}")) {
      return Integer.parseInt(magic.substring(6));
    }
    String seen = magic.replaceAll("[^ -~]", "?");
    throw new IOException(file + ": this is no RDB file, it begins with '" + seen + "'");
  }

  private static long checksum(InputStream in, byte[] header, long length) throws IOException {
    long checksum = CRC64.crc64(header, 0, header.length, 0);
    byte[] chunk = new byte[CHUNK_BYTES];
    long left = length;
    while (left > 0) {
      int count = in.readNBytes(chunk, 0, (int) Math.min(chunk.length, left));
      if (count == 0) {
        throw new IOException("the file shrank while it was read");
      }
      checksum = CRC64.crc64(chunk, 0, count, checksum);
      left -= count;
    }
    return checksum;
  }
}
