package io.norn.agent.scenario;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a line into words as {@code valkey-cli} does: blanks separate, in double quotes they do not,
 * and {@code \n}, {@code \xHH}, {@code \"} and {@code \\} are escapes there. Each character stands
 * for one byte.
 */
final class Words {
  private final String line;
  private int at;

  private Words(String line) {
    this.line = line;
  }

  /**
   * The words of a line.
   *
   * @throws IllegalArgumentException if a quote is not closed or an escape is none
   */
  static List<String> of(String line) {
    Words reader = new Words(line);
    List<String> words = new ArrayList<>();
    while (reader.skipBlanks()) {
      words.add(reader.word());
    }
    return words;
  }

  private boolean skipBlanks() {
    while (at < line.length() && line.charAt(at) == ' ') {
      at++;
    }
    return at < line.length();
  }

  private String word() {
    if (line.charAt(at) == '"') {
      Quoted quoted = quoted(line, at);
      at = quoted.end();
      return quoted.text();
    }
    int start = at;
    while (at < line.length() && line.charAt(at) != ' ') {
      at++;
    }
    return line.substring(start, at);
  }

  /**
   * Text in quotes.
   *
   * @param text without the quotes and escapes
   * @param end index behind the closing quote
   */
  record Quoted(String text, int end) {}

  /** Reads a quoted text whose opening quote is at an index. */
  static Quoted quoted(String line, int start) {
    StringBuilder text = new StringBuilder();
    int i = start + 1;
    while (i < line.length() && line.charAt(i) != '"') {
      if (line.charAt(i) != '\\') {
        text.append(line.charAt(i++));
      } else {
        i = escape(line, i + 1, text);
      }
    }
    if (i >= line.length()) {
      throw new IllegalArgumentException("a quote is not closed");
    }
    return new Quoted(text.toString(), i + 1);
  }

  private static int escape(String line, int at, StringBuilder text) {
    char letter = at < line.length() ? line.charAt(at) : ' ';
    switch (letter) {
      case 'n' -> text.append('\n');
      case '"', '\\' -> text.append(letter);
      case 'x' -> {
        text.append((char) Integer.parseInt(line.substring(at + 1, at + 3), 16));
        return at + 3;
      }
      default -> throw new IllegalArgumentException("\\" + letter + " is no escape");
    }
    return at + 1;
  }
}
