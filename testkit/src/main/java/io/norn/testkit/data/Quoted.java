package io.norn.testkit.data;

/** Bytes as text for people. */
final class Quoted {
  private static final int MAX_BYTES = 60;

  private Quoted() {}

  /** In quotes, what is not printable ASCII as {@code \xNN}, long ones cut with their length. */
  static String quote(byte[] bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < Math.min(bytes.length, MAX_BYTES); i++) {
      append(text, bytes[i]);
    }
    text.append('"');
    return bytes.length <= MAX_BYTES ? text.toString() : text + "… (" + bytes.length + " bytes)";
  }

  private static void append(StringBuilder text, byte b) {
    if (b == '"' || b == '\\') {
      text.append('\\').append((char) b);
    } else if (b >= 0x20 && b < 0x7f) {
      text.append((char) b);
    } else {
      text.append(String.format("\\x%02x", b));
    }
  }
}
