package io.norn.rdb;

import java.io.ByteArrayInputStream;
import java.io.IOException;

/** Makes payloads of {@code DUMP} such that an older server restores them. */
public final class PayloadRewriter {
  private PayloadRewriter() {}

  /**
   * The same value for a target; the payload itself if the target takes it as it is.
   *
   * @throws IOException if it is cut, damaged, or of a type that is not known
   */
  public static byte[] rewrite(byte[] payload, RdbTarget target) throws IOException {
    int version = Payload.checkedVersion(payload);
    if (target.payloadVersion(version) == version) {
      return payload;
    }
    int type = payload[0] & 0xff;
    int length = payload.length - 1 - Payload.FOOTER_BYTES;
    RdbInput in = new RdbInput(new ByteArrayInputStream(payload, 1, length), length);
    try {
      return new ValuePayloads(in, version, target).value(type);
    } catch (RuntimeException | AssertionError e) {
      // The library throws errors of all these kinds.
      throw new IOException(
          "payload of type " + type + ", RDB version " + version + ": " + e.getMessage(), e);
    }
  }
}
