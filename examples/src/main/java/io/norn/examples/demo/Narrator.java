package io.norn.examples.demo;

import java.io.PrintWriter;
import java.util.Locale;

/** Tells what happens: a topic on the left, one sentence on the right, numbers readable. */
final class Narrator {
  private final PrintWriter out;

  Narrator(PrintWriter out) {
    this.out = out;
  }

  /** Begins a step of the demo. */
  void step(String title) {
    out.println();
    out.println(title);
    out.flush();
  }

  /** Says one thing; the format is that of {@link String#format}. */
  void say(String topic, String format, Object... values) {
    out.printf(Locale.ROOT, "  %-10s %s%n", topic, String.format(Locale.ROOT, format, values));
    out.flush();
  }

  /** Nanoseconds in the unit that suits them. */
  static String time(long nanos) {
    double millis = nanos / 1e6;
    return millis < 1_000
        ? String.format(Locale.ROOT, millis < 10 ? "%.1f ms" : "%.0f ms", millis)
        : String.format(Locale.ROOT, "%.1f s", millis / 1_000);
  }
}
