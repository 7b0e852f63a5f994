package io.norn.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads the agent's status: an object of sections, each an object of names and texts. */
final class StatusJson {
  private StatusJson() {}

  /**
   * Reads sections, and values in them, in the order of the text; numbers and literals are taken as
   * they are written.
   *
   * @throws IllegalArgumentException if the text is something else
   */
  static Map<String, Map<String, String>> parse(String text) {
    Map<String, Map<String, String>> sections = new LinkedHashMap<>();
    try {
      members(JsonText.parse(text))
          .forEach((name, section) -> sections.put(String.valueOf(name), texts(section)));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("not the status of an agent: " + e.getMessage(), e);
    }
    return sections;
  }

  private static Map<String, String> texts(Object section) {
    Map<String, String> texts = new LinkedHashMap<>();
    members(section).forEach((name, value) -> texts.put(String.valueOf(name), text(value)));
    return texts;
  }

  private static Map<?, ?> members(Object value) {
    if (value instanceof Map<?, ?> members) {
      return members;
    }
    throw new IllegalArgumentException("no object where one must be");
  }

  private static String text(Object value) {
    if (value instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no text where one must be");
  }
}
