package io.norn.agent.expiry;

/** The setting {@code notify-keyspace-events}, of which three letters are needed. */
final class NotifyFlags {
  /** Events on channels that are named after the event, of expiry, and of eviction. */
  private static final String NEEDED = "Exe";

  /** Stands for all kinds of events, but not for a form of channels. */
  private static final char ALL_KINDS = 'A';

  private NotifyFlags() {}

  /** The needed letters that a value lacks; empty for none. */
  static String missing(String value) {
    StringBuilder missing = new StringBuilder();
    for (int i = 0; i < NEEDED.length(); i++) {
      char letter = NEEDED.charAt(i);
      boolean isKind = letter != 'E';
      boolean isIn = value.indexOf(letter) >= 0 || (isKind && value.indexOf(ALL_KINDS) >= 0);
      if (!isIn) {
        missing.append(letter);
      }
    }
    return missing.toString();
  }

  /** The value with what it lacks; the letters that are there stay. */
  static String completed(String value) {
    return value + missing(value);
  }
}
