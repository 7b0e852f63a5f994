package io.norn.psync;

import java.util.HashMap;
import java.util.Map;

/**
 * What a server says about itself in {@code INFO}, taken during the handshake.
 *
 * <p>Field names and meanings: valkey.io/commands/info.
 */
public final class PrimaryInfo {
  private final Map<String, String> fields;

  private PrimaryInfo(Map<String, String> fields) {
    this.fields = fields;
  }

  /** Reads one or more sections of {@code INFO}. */
  public static PrimaryInfo parse(String infoText) {
    Map<String, String> fields = new HashMap<>();
    infoText
        .lines()
        .filter(line -> !line.startsWith("#") && line.contains(":"))
        .forEach(
            line -> {
              int colon = line.indexOf(':');
              fields.put(line.substring(0, colon), line.substring(colon + 1).strip());
            });
    return new PrimaryInfo(fields);
  }

  /** Version of the server itself, such as {@code 8.0.1}; empty if this is no server at all. */
  public String versionText() {
    String valkey = text("valkey_version");
    return valkey.isEmpty() ? text("redis_version") : valkey;
  }

  public boolean isValkey() {
    return !text("valkey_version").isEmpty() || text("server_name").equals("valkey");
  }

  /** First number of the version, 0 if there is none. */
  public int majorVersion() {
    return versionNumber(0);
  }

  /** Second number of the version, 0 if there is none. */
  public int minorVersion() {
    return versionNumber(1);
  }

  /** Redis 7.0 and Valkey 7.2 are the first with all that is needed. */
  boolean isTooOld() {
    int number = majorVersion() * 100 + minorVersion();
    return number < (isValkey() ? 702 : 700);
  }

  /** {@code master} or {@code slave}. */
  public String role() {
    return text("role");
  }

  /** Id of this run of the server process. */
  public String runId() {
    return text("run_id");
  }

  public String replid() {
    return text("master_replid");
  }

  /** Id of the history before the current one; all zeros if there was none. */
  public String replid2() {
    return text("master_replid2");
  }

  public long masterReplOffset() {
    return number("master_repl_offset");
  }

  /** First offset that is no longer of {@link #replid2}; -1 without one. */
  public long secondReplOffset() {
    return number("second_repl_offset");
  }

  public boolean backlogActive() {
    return number("repl_backlog_active") == 1;
  }

  public long backlogFirstByteOffset() {
    return number("repl_backlog_first_byte_offset");
  }

  public long backlogHistlen() {
    return number("repl_backlog_histlen");
  }

  /** Whether it is reading its dataset from disk or from its own primary. */
  public boolean loading() {
    return number("loading") == 1 || number("async_loading") == 1;
  }

  /** Any other field; empty if the server does not have it. */
  public String text(String field) {
    return fields.getOrDefault(field, "");
  }

  /** Any other numeric field; -1 if the server does not have it. */
  public long number(String field) {
    try {
      return Long.parseLong(text(field));
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  /**
   * Whether PSYNC from there would be continued, as of this {@code INFO}.
   *
   * <p>The rule of the server: valkey {@code src/replication.c}, {@code masterTryPartialResync}.
   */
  public boolean canContinue(Position from) {
    long asked = from.offset() + 1;
    boolean sameHistory =
        from.replid().equals(replid())
            || (from.replid().equals(replid2()) && asked <= secondReplOffset());
    return sameHistory
        && backlogActive()
        && backlogFirstByteOffset() <= asked
        && asked <= backlogFirstByteOffset() + backlogHistlen();
  }

  private int versionNumber(int index) {
    String[] parts = versionText().split("[^0-9]+", -1);
    boolean usable = index < parts.length && parts[index].matches("\\d{1,6}");
    return usable ? Integer.parseInt(parts[index]) : 0;
  }

  @Override
  public String toString() {
    String name = isValkey() ? "Valkey " : "Redis ";
    return name + versionText() + " (" + role() + ", " + replid() + ":" + masterReplOffset() + ")";
  }
}
