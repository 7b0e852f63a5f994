package io.norn.shadow;

import io.norn.command.DbKey;

/**
 * A value to be read from the own server, in one transaction with a message that tells where in the
 * stream it was read.
 *
 * @param key its key
 * @param kind what it should be
 * @param mark the message's text
 */
public record ReadRequest(DbKey key, Kind kind, String mark) {

  /** What a value is. */
  public enum Kind {
    LIST,
    SORTED_SET;

    Shadow empty() {
      return this == LIST ? new ListShadow() : new SortedSetShadow();
    }
  }
}
