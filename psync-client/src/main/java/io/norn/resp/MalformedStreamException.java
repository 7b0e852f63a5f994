package io.norn.resp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Bytes of a replication stream that are no command; nothing after them can be trusted. */
public final class MalformedStreamException extends IOException {
  private static final long serialVersionUID = 1L;
  private static final int SHOWN_BYTES = 32;

  private final long offset;

  MalformedStreamException(long offset, String expected, byte[] buffer, int from, int to) {
    super(
        "malformed replication stream at offset "
            + offset
            + ": expected "
            + expected
            + " but saw '"
            + printable(buffer, from, Math.min(to, from + SHOWN_BYTES))
            + "'");
    this.offset = offset;
  }

  /** Stream offset of the first byte that does not fit. */
  public long offset() {
    return offset;
  }

  private static String printable(byte[] buffer, int from, int to) {
    StringBuilder text = new StringBuilder();
    String raw = new String(buffer, from, Math.max(0, to - from), StandardCharsets.ISO_8859_1);
    raw.chars().forEach(c -> appendPrintable(text, c));
    return text.toString();
  }

  private static void appendPrintable(StringBuilder text, int c) {
    if (c >= ' ' && c <= '~') {
      text.append((char) c);
    } else {
      text.append(String.format("\\x%02x", c));
    }
  }
}
