package io.norn.agent.conflict;

import io.norn.clock.Stamp;
import java.util.LinkedHashMap;
import java.util.Map;

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

    Map<String, Object> fields() {
      Map<String, Object> fields = new LinkedHashMap<>();
      fields.put("node", stamp.origin().node());
      fields.put("hlc_micros", stamp.hlc());
      fields.put("offset", stamp.offset());
      fields.put("command", command);
      return fields;
    }
  }

  /** Names and values, for people and programs. */
  public Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("at_millis", atMillis);
    fields.put("db", db);
    fields.put("key", key);
    fields.put("rule", rule.label());
    fields.put("winner", winner.fields());
    fields.put("loser", loser.fields());
    return fields;
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS - 1) + "…";
  }
}
