package io.norn.agent.part;

import java.util.Collection;
import java.util.Map;
import java.util.StringJoiner;

/** Writes maps, collections and texts as JSON, for other programs and for browsers. */
public final class Json {
  private Json() {}

  /** A map becomes an object, a collection an array, numbers stay, all else becomes a text. */
  public static String of(Object value) {
    if (value instanceof Map<?, ?> map) {
      return object(map);
    }
    if (value instanceof Collection<?> collection) {
      StringJoiner array = new StringJoiner(",", "[", "]");
      collection.forEach(element -> array.add(of(element)));
      return array.toString();
    }
    boolean isLiteral = value instanceof Number || value instanceof Boolean;
    return isLiteral ? value.toString() : string(String.valueOf(value));
  }

  private static String object(Map<?, ?> map) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    map.forEach((name, value) -> object.add(string(String.valueOf(name)) + ":" + of(value)));
    return object.toString();
  }

  private static String string(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      append(quoted, text.charAt(i));
    }
    return quoted.append('"').toString();
  }

  /** Without {@code <}, so that a text never ends the script of a page it is put into. */
  private static void append(StringBuilder quoted, char c) {
    if (c == '"' || c == '\\') {
      quoted.append('\\').append(c);
    } else if (c < ' ' || c == '<' || c == 0x7f || Character.isSurrogate(c)) {
      quoted.append(String.format("\\u%04x", (int) c));
    } else {
      quoted.append(c);
    }
  }
}
