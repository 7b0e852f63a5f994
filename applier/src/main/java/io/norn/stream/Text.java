package io.norn.stream;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/** Small helpers for command arguments, which are bytes. */
public final class Text {
  private Text() {}

  /** Bytes of an ASCII or UTF-8 text. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Text of bytes; every byte is kept, one character each. */
  public static String latin1(byte[] raw) {
    return new String(raw, StandardCharsets.ISO_8859_1);
  }

  /** Bytes of a text of which each character is one byte. */
  public static byte[] latin1Bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** True if the bytes are this upper-case ASCII word in any case. */
  public static boolean is(byte[] raw, String upperCaseWord) {
    if (raw.length != upperCaseWord.length()) {
      return false;
    }
    for (int i = 0; i < raw.length; i++) {
      if (upper(raw[i]) != upperCaseWord.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** The ASCII bytes in upper case. */
  public static String upperCase(byte[] raw) {
    char[] text = new char[raw.length];
    for (int i = 0; i < raw.length; i++) {
      text[i] = (char) upper(raw[i]);
    }
    return new String(text);
  }

  /**
   * The number, if the bytes are a 64-bit integer as servers accept it: no plus sign, no leading
   * zeros or blanks.
   */
  public static OptionalLong integer(byte[] raw) {
    if (raw.length == 0 || raw.length > 20) {
      return OptionalLong.empty();
    }
    try {
      long value = Long.parseLong(latin1(raw));
      return Long.toString(value).length() == raw.length
          ? OptionalLong.of(value)
          : OptionalLong.empty();
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  private static int upper(byte raw) {
    return raw >= 'a' && raw <= 'z' ? raw - 32 : raw & 0xff;
  }
}
