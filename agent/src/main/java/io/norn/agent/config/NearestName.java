package io.norn.agent.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a mistyped name was meant to be. */
final class NearestName {
  private static final int MAX_LENGTH = 64;

  private NearestName() {}

  /** The known name that differs in the fewest letters, if they are few. */
  static Optional<String> of(String typed, Collection<String> known) {
    if (typed.length() > MAX_LENGTH) {
      return Optional.empty();
    }
    int limit = Math.max(2, typed.length() / 3);
    return known.stream()
        .filter(name -> distance(typed, name) <= limit)
        .min(Comparator.comparingInt(name -> distance(typed, name)));
  }

  /** Levenshtein's distance, row by row. */
  static int distance(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      above = row(a.charAt(i - 1), i, above, b);
    }
    return above[b.length()];
  }

  private static int[] row(char letter, int i, int[] above, String b) {
    int[] row = new int[above.length];
    row[0] = i;
    for (int j = 1; j < row.length; j++) {
      int replace = above[j - 1] + (letter == b.charAt(j - 1) ? 0 : 1);
      row[j] = Math.min(replace, 1 + Math.min(above[j], row[j - 1]));
    }
    return row;
  }
}
