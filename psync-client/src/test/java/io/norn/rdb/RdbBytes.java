package io.norn.rdb;

import com.moilioncircle.redis.replicator.util.CRC64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** RDB files made by hand. */
final class RdbBytes {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  RdbBytes(String magic) {
    out.writeBytes(magic.getBytes(StandardCharsets.US_ASCII));
  }

  static RdbBytes redis() {
    return new RdbBytes("REDIS0010");
  }

  RdbBytes raw(int... bytes) {
    for (int b : bytes) {
      out.write(b);
    }
    return this;
  }

  /** A string of less than 64 bytes. */
  RdbBytes string(String text) {
    out.write(text.length());
    out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    return this;
  }

  /** Eight bytes, lowest first. */
  RdbBytes number(long value) {
    out.writeBytes(CRC64.longToByteArray(value));
    return this;
  }

  /** Ends the file with its checksum. */
  Path writeTo(Path file) throws IOException {
    out.write(255);
    return Files.write(file, withChecksum(out.toByteArray()));
  }

  static byte[] withChecksum(byte[] body) {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    whole.writeBytes(body);
    whole.writeBytes(CRC64.longToByteArray(CRC64.crc64(body, 0, body.length)));
    return whole.toByteArray();
  }
}
