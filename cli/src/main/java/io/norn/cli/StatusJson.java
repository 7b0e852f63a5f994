package io.norn.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads the agent's status: an object of sections, each an object of names and texts. Nothing else
 * is in it, so this is all of JSON that the command line needs.
 */
final class StatusJson {
  private final String text;
  private int at;

  private StatusJson(String text) {
    this.text = text;
  }

  /**
   * Reads sections, and values in them, in the order of the text; numbers and literals are taken as
   * they are written.
   *
   * @throws IllegalArgumentException if the text is something else; names the place
   */
  static Map<String, Map<String, String>> parse(String text) {
    StatusJson reader = new StatusJson(text);
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    reader.members(name -> sections.put(name, reader.section()));
    reader.space();
    if (reader.at != text.length()) {
      throw reader.unexpected();
    }
    return sections;
  }

  private interface Member {
    void read(String name);
  }

  private Map<String, String> section() {
    Map<String, String> values = new LinkedHashMap<>();
    members(name -> values.put(name, value()));
    return values;
  }

  private void members(Member member) {
    expect('{');
    if (!accept('}')) {
      do {
        String name = string();
        expect(':');
        member.read(name);
      } while (accept(','));
      expect('}');
    }
  }

  private String value() {
    space();
    return peek() == '"' ? string() : literal();
  }

  private String literal() {
    int start = at;
    while (Character.isLetterOrDigit(peek()) || "+-.".indexOf(peek()) >= 0) {
      at++;
    }
    if (start == at) {
      throw unexpected();
    }
    return text.substring(start, at);
  }

  private String string() {
    expect('"');
    StringBuilder read = new StringBuilder();
    while (peek() != '"') {
      if (at >= text.length()) {
        throw unexpected();
      }
      char next = text.charAt(at++);
      read.append(next == '\\' ? escaped() : next);
    }
    at++;
    return read.toString();
  }

  private char escaped() {
    char code = peek();
    at++;
    return switch (code) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case '"', '\\', '/' -> code;
      case 'u' -> unicode();
      default -> throw unexpected();
    };
  }

  private char unicode() {
    String digits = text.substring(at, Math.min(at + 4, text.length()));
    if (!digits.matches("\\p{XDigit}{4}")) {
      throw unexpected();
    }
    at += 4;
    return (char) Integer.parseInt(digits, 16);
  }

  private void expect(char wanted) {
    if (!accept(wanted)) {
      throw unexpected();
    }
  }

  private boolean accept(char wanted) {
    space();
    boolean there = peek() == wanted;
    at += there ? 1 : 0;
    return there;
  }

  private void space() {
    while (Character.isWhitespace(peek())) {
      at++;
    }
  }

  /** The next character, or 0 at the end, which is none of those that are looked for. */
  private char peek() {
    return at < text.length() ? text.charAt(at) : 0;
  }

  private IllegalArgumentException unexpected() {
    return new IllegalArgumentException("not the status of an agent, at character " + at);
  }
}
