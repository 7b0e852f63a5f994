package io.norn.agent.control;

import java.util.Map;
import java.util.StringJoiner;

/** Writes objects of objects of strings, which is all that {@code STATUS} needs. */
final class Json {
  private Json() {}

  static String of(Map<String, Map<String, String>> sections) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    sections.forEach((name, fields) -> object.add(string(name) + ":" + object(fields)));
    return object.toString();
  }

  private static String object(Map<String, String> fields) {
    StringJoiner object = new StringJoiner(",", "{", "}");
    fields.forEach((name, value) -> object.add(string(name) + ":" + string(value)));
    return object.toString();
  }

  private static String string(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      append(quoted, text.charAt(i));
    }
    return quoted.append('"').toString();
  }

  private static void append(StringBuilder quoted, char c) {
    if (c == '"' || c == '\\') {
      quoted.append('\\').append(c);
    } else if (c < ' ' || Character.isSurrogate(c)) {
      quoted.append(String.format("\\u%04x", (int) c));
    } else {
      quoted.append(c);
    }
  }
}
