package io.norn.agent.conflict;

import io.norn.clock.Stamp;

/**
 * One decision.
 *
 * @param atMillis when it was decided here, since the epoch
 * @param db database of the key
 * @param key readable, cut if it is long
 * @param rule why
 * @param winner the operation that counts
 * @param loser the one that arrived late
 */
public record Conflict(long atMillis, int db, String key, Rule rule, Side winner, Side loser) {
  private static final int MAX_CHARS = 96;

  public Conflict {
    key = cut(key);
  }

  /**
   * What one side did.
   *
   * @param stamp when and where
   * @param command readable, cut if it is long
   */
  public record Side(Stamp stamp, String command) {
    public Side {
      command = cut(command);
    }
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS - 1) + "…";
  }
}
