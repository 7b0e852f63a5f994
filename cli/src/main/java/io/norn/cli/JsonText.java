package io.norn.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON: objects become maps in the order of the text, arrays lists, all else text; numbers
 * and literals as they are written.
 */
final class JsonText {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;
  private int depth;

  private JsonText(String text) {
    this.text = text;
  }

  /**
   * Reads one value.
   *
   * @throws IllegalArgumentException if the text is something else; names the place
   */
  static Object parse(String text) {
    JsonText reader = new JsonText(text);
    Object value = reader.value();
    reader.space();
    if (reader.at != text.length()) {
      throw reader.unexpected();
    }
    return value;
  }

  private Object value() {
    space();
    return switch (peek()) {
      case '{' -> deeper(this::object);
      case '[' -> deeper(this::array);
      case '"' -> string();
      default -> literal();
    };
  }

  private interface Part {
    Object read();
  }

  private Object deeper(Part part) {
    if (++depth > MAX_DEPTH) {
      throw unexpected();
    }
    Object value = part.read();
    depth--;
    return value;
  }

  private Map<String, Object> object() {
    Map<String, Object> members = new LinkedHashMap<>();
    expect('{');
    if (!accept('}')) {
      do {
        space();
        String name = string();
        expect(':');
        members.put(name, value());
      } while (accept(','));
      expect('}');
    }
    return members;
  }

  private List<Object> array() {
    List<Object> elements = new ArrayList<>();
    expect('[');
    if (!accept(']')) {
      do {
        elements.add(value());
      } while (accept(','));
      expect(']');
    }
    return elements;
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
    return new IllegalArgumentException("no JSON, at character " + at);
  }
}
