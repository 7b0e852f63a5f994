package io.norn.sim.model;

/** Numbers as the server parses them. */
final class Numbers {
  private Numbers() {}

  static long integer(String text) {
    boolean isCanonical = text.matches("-?[1-9][0-9]{0,18}|0");
    if (!isCanonical) {
      throw CommandFailure.notInteger();
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw CommandFailure.notInteger();
    }
  }

  static double decimal(String text) {
    if (!text.matches("[+-]?([0-9]+\\.?[0-9]*|\\.[0-9]+)([eE][+-]?[0-9]+)?")) {
      throw CommandFailure.notFloat();
    }
    return Double.parseDouble(text);
  }

  static long add(long value, long increment) {
    try {
      return Math.addExact(value, increment);
    } catch (ArithmeticException e) {
      throw new CommandFailure("ERR increment or decrement would overflow");
    }
  }
}
