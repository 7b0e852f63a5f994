package io.norn.sim.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.math.BigDecimal;
import java.util.List;

/**
 * Byte strings as Java strings of the same length (each byte one char), which makes them cheap map
 * keys.
 */
public final class Text {
  private Text() {}

  /** The bytes as a string, one char a byte. */
  public static String of(byte[] bytes) {
    return new String(bytes, ISO_8859_1);
  }

  /** The string's chars as bytes. */
  public static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** A command from its words. */
  public static byte[][] command(String... words) {
    byte[][] command = new byte[words.length][];
    for (int i = 0; i < words.length; i++) {
      command[i] = bytes(words[i]);
    }
    return command;
  }

  /** A command's words. */
  public static String[] words(byte[][] command) {
    String[] words = new String[command.length];
    for (int i = 0; i < command.length; i++) {
      words[i] = of(command[i]);
    }
    return words;
  }

  /** The words of a command in one line, for messages. */
  public static String line(byte[][] command) {
    return String.join(" ", words(command));
  }

  /** Numbers as the server prints them, exact for the multiples of 1/8 that the simulation uses. */
  static String number(double value) {
    return new BigDecimal(value).stripTrailingZeros().toPlainString();
  }

  /** Length of a command on the wire, as an array of bulk strings. */
  static long respLengthBytes(List<String> command) {
    long length = 3L + Integer.toString(command.size()).length();
    for (String word : command) {
      length += 5L + Integer.toString(word.length()).length() + word.length();
    }
    return length;
  }
}
