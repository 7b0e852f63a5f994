package io.norn.command;

import io.norn.stream.Text;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Scores of sorted sets as clients write them, infinities included; servers read them with {@code
 * strtod}.
 */
public final class Scores {
  private Scores() {}

  /** The number; empty if the text is none that Java reads the same way. */
  public static OptionalDouble parse(byte[] raw) {
    String text = Text.latin1(raw).toLowerCase(Locale.ROOT);
    String unsigned = text.startsWith("+") || text.startsWith("-") ? text.substring(1) : text;
    if (unsigned.equals("inf") || unsigned.equals("infinity")) {
      return OptionalDouble.of(
          text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
    }
    try {
      return OptionalDouble.of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      return OptionalDouble.empty();
    }
  }

  /** The number as servers read it back exactly. */
  public static byte[] format(double score) {
    if (Double.isInfinite(score)) {
      return Text.bytes(score > 0 ? "+inf" : "-inf");
    }
    return Text.bytes(Double.toString(score));
  }
}
