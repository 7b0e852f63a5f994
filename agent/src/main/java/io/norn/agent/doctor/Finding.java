package io.norn.agent.doctor;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * One thing that was found.
 *
 * @param severity how bad it is
 * @param where which server, or {@code agent}
 * @param problem what was seen
 * @param remedy the command that mends it, or what to do
 */
public record Finding(Severity severity, String where, String problem, String remedy) {

  /** How bad something is. */
  public enum Severity {
    /** It does not work. */
    ERROR,
    /** It works, but will fail some day or cost data. */
    WARNING,
    /** Worth knowing. */
    NOTE;

    /** As shown to users. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** True if somebody should do something. */
  public boolean isWrong() {
    return severity != Severity.NOTE;
  }

  /** Names and values, for other programs. */
  public Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("severity", severity.label());
    fields.put("where", where);
    fields.put("problem", problem);
    fields.put("remedy", remedy);
    return fields;
  }
}
