package io.norn.rdb;

import com.moilioncircle.redis.replicator.util.CRC64;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The frame of a {@code DUMP} payload: type, value, two bytes of RDB version, CRC64 of all that.
 *
 * <p>Source: valkey {@code src/cluster.c}, {@code createDumpPayload}.
 */
final class Payload {
  static final int FOOTER_BYTES = 10;

  private Payload() {}

  /** Version in the footer of a whole payload. */
  static int checkedVersion(byte[] payload) throws IOException {
    if (payload.length < 1 + FOOTER_BYTES) {
      throw new IOException("a payload of " + payload.length + " bytes was cut");
    }
    ByteBuffer footer = ByteBuffer.wrap(payload).order(ByteOrder.LITTLE_ENDIAN);
    long expected = footer.getLong(payload.length - 8);
    // Zero as in RDB files: the server was told not to compute it.
    if (expected != 0 && expected != CRC64.crc64(payload, 0, payload.length - 8)) {
      throw new IOException("a payload of " + payload.length + " bytes has a wrong checksum");
    }
    return footer.getShort(payload.length - FOOTER_BYTES) & 0xffff;
  }

  /** Adds the footer to type and value. */
  static byte[] finish(ByteArrayOutputStream body, int version) {
    body.write(version);
    body.write(version >> 8);
    body.writeBytes(CRC64.longToByteArray(CRC64.crc64(body.toByteArray(), 0, body.size())));
    return body.toByteArray();
  }
}
