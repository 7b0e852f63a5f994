package io.norn.cli;

/** What there is to know of the place where the output goes. */
final class Terminal {
  private Terminal() {}

  /** The launcher says so, because Java cannot tell for standard output alone. */
  static boolean isTerminal() {
    return "yes".equals(System.getProperty("norn.terminal"));
  }

  /** Clears the screen and puts the next output at its top; an empty line where there is none. */
  static String redrawFromTop() {
    return isTerminal() ? "\u001b[H\u001b[2J" : System.lineSeparator();
  }
}
