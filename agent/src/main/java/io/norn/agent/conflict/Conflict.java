package io.norn.agent.conflict;

import io.norn.clock.Stamp;
import io.norn.contest.Contest;
import io.norn.contest.Rule;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One decision, as it is shown.
 *
 * @param atMillis when it was decided here, since the epoch
 * @param db database of the key
 * @param key readable, cut if it is long
 * @param rule why
 * @param type of the value, or {@code key}
 * @param winner the operation that counts
 * @param loser the other one
 */
public record Conflict(
    long atMillis, int db, String key, Rule rule, String type, Side winner, Side loser) {
  private static final int MAX_CHARS = 96;

  public Conflict {
    key = cut(key);
  }

  /** As it was decided. */
  static Conflict of(long atMillis, Contest contest) {
    return new Conflict(
        atMillis,
        contest.key().db(),
        new String(contest.key().key().raw(), StandardCharsets.UTF_8),
        contest.rule(),
        Contest.counter(contest.type()),
        Side.of(contest.winner()),
        Side.of(contest.loser()));
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

    static Side of(Contest.Side side) {
      return new Side(side.stamp(), side.command());
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
    fields.put("type", type);
    fields.put("winner", winner.fields());
    fields.put("loser", loser.fields());
    return fields;
  }

  private static String cut(String text) {
    return text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS - 1) + "…";
  }
}
