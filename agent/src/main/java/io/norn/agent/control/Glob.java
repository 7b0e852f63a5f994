package io.norn.agent.control;

import java.util.Locale;

/**
 * Patterns as in {@code CONFIG GET}: {@code *}, {@code ?}, {@code [a-c]}, {@code [^a]}, {@code \}.
 */
final class Glob {
  private final String pattern;
  private final String text;

  /** Where the pattern goes on after an element that matched. */
  private int next;

  private Glob(String pattern, String text) {
    this.pattern = pattern;
    this.text = text;
  }

  /** Whether a lower-case text fits a pattern, whatever the pattern's case. */
  static boolean matches(String pattern, String text) {
    return new Glob(pattern.toLowerCase(Locale.ROOT), text).matches();
  }

  /** Goes back to the latest star only, and so takes no more than length times length steps. */
  private boolean matches() {
    int p = 0;
    int starAt = -1;
    int starText = 0;
    int t = 0;
    while (t < text.length()) {
      if (p < pattern.length() && pattern.charAt(p) == '*') {
        starAt = p++;
        starText = t;
      } else if (p < pattern.length() && matchesOne(p, text.charAt(t))) {
        p = next;
        t++;
      } else if (starAt >= 0) {
        p = starAt + 1;
        t = ++starText;
      } else {
        return false;
      }
    }
    return pattern.substring(p).chars().allMatch(c -> c == '*');
  }

  private boolean matchesOne(int p, char c) {
    next = p + 1;
    return switch (pattern.charAt(p)) {
      case '?' -> true;
      case '[' -> matchesClass(p + 1, c);
      case '\\' -> matchesEscaped(p, c);
      default -> pattern.charAt(p) == c;
    };
  }

  private boolean matchesEscaped(int p, char c) {
    int at = Math.min(p + 1, pattern.length() - 1);
    next = at + 1;
    return pattern.charAt(at) == c;
  }

  private boolean matchesClass(int from, char c) {
    int p = from;
    boolean negated = p < pattern.length() && pattern.charAt(p) == '^';
    p += negated ? 1 : 0;
    boolean found = false;
    while (p < pattern.length() && pattern.charAt(p) != ']') {
      boolean isRange = p + 2 < pattern.length() && pattern.charAt(p + 1) == '-';
      char last = pattern.charAt(isRange ? p + 2 : p);
      found |= pattern.charAt(p) <= c && c <= last;
      p += isRange ? 3 : 1;
    }
    next = Math.min(p + 1, pattern.length());
    return found != negated;
  }
}
