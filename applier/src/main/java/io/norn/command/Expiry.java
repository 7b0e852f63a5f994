package io.norn.command;

import io.norn.stream.Text;
import java.util.Map;

/**
 * The time to live among the options of a command that writes values.
 *
 * @param atMillis since the epoch; 0 for none
 * @param isKept true if the one that is there stays
 */
record Expiry(long atMillis, boolean isKept) {
  static final Expiry NONE = new Expiry(0, false);
  private static final Expiry KEPT = new Expiry(0, true);

  /** Options that have an argument. */
  private static final Map<String, Integer> ARGUMENTS =
      Map.of("EX", 1, "PX", 1, "EXAT", 1, "PXAT", 1, "IFEQ", 1, "IFNE", 1, "IFDEQ", 1, "IFDNE", 1);

  /** Reads the options; an argument of another option may be the same word. */
  static Expiry of(Call call, int from, int to) {
    Expiry expiry = NONE;
    int at = from;
    while (at < to) {
      String option = Text.upperCase(call.arg(at));
      if (option.equals("KEEPTTL")) {
        return KEPT;
      }
      if (option.startsWith("EX") || option.startsWith("PX")) {
        expiry = new Expiry(atMillis(call, option, call.integer(at + 1)), false);
      }
      at += 1 + ARGUMENTS.getOrDefault(option, 0);
    }
    return expiry;
  }

  private static long atMillis(Call call, String option, long number) {
    return switch (option) {
      case "EX" -> call.nowMillis() + number * 1000;
      case "PX" -> call.nowMillis() + number;
      case "EXAT" -> number * 1000;
      case "PXAT" -> number;
      default -> throw new Call.MalformedCallException();
    };
  }

  byte[] text() {
    return Text.bytes(Long.toString(atMillis));
  }

  /** True if the command says anything about the time to live. */
  boolean isGiven() {
    return isKept || atMillis != 0;
  }
}
