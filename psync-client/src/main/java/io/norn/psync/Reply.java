package io.norn.psync;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * One reply of a handshake.
 *
 * @param kind first byte: {@code +}, {@code -} or {@code $}
 * @param text what follows, without the frame
 */
record Reply(char kind, String text) {
  private static final int MAX_LINE_BYTES = 64 * 1024;
  private static final int MAX_BULK_BYTES = 4 << 20;
  private static final int SHOWN_CHARS = 60;

  boolean isError() {
    return kind == '-';
  }

  /** The first word of an error: {@code NOAUTH}, {@code LOADING}, {@code ERR}. */
  String code() {
    int space = text.indexOf(' ');
    return space < 0 ? text : text.substring(0, space);
  }

  /** Errors that go away by themselves. */
  boolean isTemporary() {
    return switch (code()) {
      case "LOADING", "NOMASTERLINK", "MASTERDOWN", "BUSY", "TRYAGAIN" -> true;
      default -> isFinal();
    };
  }

  /** After this error the server hangs up. */
  boolean isFinal() {
    return text.startsWith("ERR max number of clients");
  }

  /**
   * Reads the next reply; blank lines before it keep the connection alive and mean nothing.
   *
   * @throws PsyncRefusedException if this is not how a server answers
   */
  static Reply read(Link link) throws IOException {
    byte first = link.readByte();
    while (first == '\n' || first == '\r') {
      first = link.readByte();
    }
    String line = line(link, first);
    return switch (first) {
      case '+', '-', ':' -> new Reply((char) first, line.substring(1));
      case '$' -> bulk(link, line);
      default -> throw notAServer(link, line);
    };
  }

  /** Reads to the end of the line that began with this byte. */
  static String line(Link link, byte first) throws IOException {
    StringBuilder line = new StringBuilder();
    for (byte b = first; b != '\n'; b = link.readByte()) {
      if (line.length() == MAX_LINE_BYTES || isBinary(b)) {
        throw notAServer(link, line.append((char) (b & 0xff)).toString());
      }
      line.append((char) (b & 0xff));
    }
    return line.toString().stripTrailing();
  }

  private static boolean isBinary(byte b) {
    return b >= 0 && b < ' ' && b != '\r' && b != '\t';
  }

  private static Reply bulk(Link link, String line) throws IOException {
    if (!line.matches("\\$\\d{1,7}") || Integer.parseInt(line.substring(1)) > MAX_BULK_BYTES) {
      throw notAServer(link, line);
    }
    byte[] bytes = new byte[Integer.parseInt(line.substring(1))];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = link.readByte();
    }
    if (link.readByte() != '\r' || link.readByte() != '\n') {
      throw notAServer(link, line);
    }
    return new Reply('$', new String(bytes, StandardCharsets.UTF_8));
  }

  static PsyncRefusedException notAServer(Link link, String seen) {
    String shown = seen.length() > SHOWN_CHARS ? seen.substring(0, SHOWN_CHARS) + "…" : seen;
    StringBuilder printable = new StringBuilder();
    shown.chars().forEach(c -> printable.append(c >= ' ' ? (char) c : '?'));
    // 21 is the first byte of a TLS alert.
    boolean tls = seen.startsWith("\u0015");
    String hint = tls ? ": it speaks TLS, turn TLS on for this link" : ": check host and port";
    return new PsyncRefusedException(
        link.endpoint() + ": this is no Valkey or Redis, it answered '" + printable + "'" + hint);
  }
}
