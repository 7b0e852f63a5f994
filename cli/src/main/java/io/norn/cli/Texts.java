package io.norn.cli;

/** What fits where. */
final class Texts {
  private Texts() {}

  /** The text, or its beginning with an ellipsis where it is longer than so many characters. */
  static String cut(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    return width <= 1 ? text.substring(0, Math.max(0, width)) : text.substring(0, width - 1) + "…";
  }

  /** Without what a terminal would take for commands. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
