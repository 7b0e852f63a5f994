package io.norn.agent.config;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Splits a line into words as Valkey does: {@code "…"} with escapes, {@code '…'} without. */
public final class Words {
  private static final int END = -1;

  private final byte[] line;
  private final Comments comments;
  private int next;

  private enum Comments {
    NONE,
    BUT_IN_FIRST_VALUE
  }

  private Words(String line, Comments comments) {
    this.line = line.getBytes(StandardCharsets.UTF_8);
    this.comments = comments;
  }

  /**
   * The words of a line.
   *
   * @throws IllegalArgumentException if a quote is not closed, or not followed by a space; the
   *     message is fit for users
   */
  public static List<String> split(String line) {
    return new Words(line, Comments.NONE).words();
  }

  /**
   * As {@link #split}, without a comment: other than in Valkey one may also stand behind the
   * values.
   */
  static List<String> splitDirective(String line) {
    return new Words(line, Comments.BUT_IN_FIRST_VALUE).words();
  }

  private List<String> words() {
    List<String> words = new ArrayList<>();
    skipSpaces();
    while (peek() != END && !atComment(words.size())) {
      words.add(word());
      skipSpaces();
    }
    return words;
  }

  /** A first value may begin with #: it could be a password. */
  private boolean atComment(int wordsBefore) {
    return comments != Comments.NONE && peek() == '#' && wordsBefore != 1;
  }

  private String word() {
    ByteArrayOutputStream word = new ByteArrayOutputStream();
    while (peek() != END && !isSpace(peek())) {
      int c = take();
      if (c == '"') {
        doubleQuoted(word);
      } else if (c == '\'') {
        singleQuoted(word);
      } else {
        word.write(c);
      }
    }
    return word.toString(StandardCharsets.UTF_8);
  }

  private void doubleQuoted(ByteArrayOutputStream word) {
    for (int c = takeQuoted('"'); c != '"'; c = takeQuoted('"')) {
      word.write(c == '\\' ? escaped() : c);
    }
    requireSpace('"');
  }

  private void singleQuoted(ByteArrayOutputStream word) {
    for (int c = takeQuoted('\''); c != '\''; c = takeQuoted('\'')) {
      word.write(c == '\\' && peek() == '\'' ? take() : c);
    }
    requireSpace('\'');
  }

  private int escaped() {
    int c = takeQuoted('"');
    return switch (c) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      case 'x' -> hexOrX();
      default -> c;
    };
  }

  private int hexOrX() {
    if (next + 1 >= line.length) {
      return 'x';
    }
    int high = Character.digit(line[next], 16);
    int low = Character.digit(line[next + 1], 16);
    if (high < 0 || low < 0) {
      return 'x';
    }
    next += 2;
    return high * 16 + low;
  }

  private int takeQuoted(char quote) {
    if (peek() == END) {
      throw new IllegalArgumentException("a " + quote + " is not closed: add the missing " + quote);
    }
    return take();
  }

  private void requireSpace(char quote) {
    if (peek() != END && !isSpace(peek())) {
      throw new IllegalArgumentException(
          "a closing " + quote + " must be followed by a space: put a space after it");
    }
  }

  private void skipSpaces() {
    while (isSpace(peek())) {
      next++;
    }
  }

  private int peek() {
    return next < line.length ? line[next] & 0xff : END;
  }

  private int take() {
    return line[next++] & 0xff;
  }

  /** The characters that C's isspace() takes for space, and NUL. */
  private static boolean isSpace(int c) {
    return c == ' ' || (c >= '\t' && c <= '\r') || c == 0;
  }
}
