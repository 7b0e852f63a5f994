package io.norn.sim.model;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Replies of the model and of a real server in one form, to compare them. */
final class Replies {
  private static final Set<String> UNORDERED = Set.of("SMEMBERS", "SCAN");
  private static final Set<String> PAYLOAD = Set.of("DUMP");

  /** The two clocks are read at slightly different moments. */
  private static final long CLOCK_TOLERANCE_MILLIS = 10_000;

  private Replies() {}

  /** A reply as text: errors by their code, lists in brackets. */
  static String text(String[] command, Object reply) {
    String name = command[0].toUpperCase(Locale.ROOT);
    if (PAYLOAD.contains(name)) {
      return reply == null ? "nil" : "payload";
    }
    return UNORDERED.contains(name) && reply instanceof List<?> list ? sorted(list) : plain(reply);
  }

  /** Whether two texts are equal but for points in time that are close to each other. */
  static boolean same(String left, String right) {
    String[] leftWords = left.split("[ ,]", -1);
    String[] rightWords = right.split("[ ,]", -1);
    if (leftWords.length != rightWords.length) {
      return false;
    }
    for (int i = 0; i < leftWords.length; i++) {
      if (!leftWords[i].equals(rightWords[i]) && !areClose(leftWords[i], rightWords[i])) {
        return false;
      }
    }
    return true;
  }

  private static boolean areClose(String left, String right) {
    return left.matches("[0-9]{6,15}")
        && right.matches("[0-9]{6,15}")
        && Math.abs(Long.parseLong(left) - Long.parseLong(right)) < CLOCK_TOLERANCE_MILLIS;
  }

  private static String plain(Object reply) {
    if (reply instanceof byte[] bytes) {
      return Text.of(bytes);
    }
    if (reply instanceof List<?> list) {
      return list.stream().map(Replies::plain).toList().toString();
    }
    if (reply instanceof ErrorReply error) {
      return "-" + error.code();
    }
    return reply == null ? "nil" : reply.toString();
  }

  private static String sorted(List<?> list) {
    return list.stream()
        .map(item -> item instanceof List<?> inner ? sorted(inner) : plain(item))
        .sorted()
        .toList()
        .toString();
  }
}
