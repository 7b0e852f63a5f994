package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of a node that failed at this server, as a field of the reserved hash tells it.
 *
 * @param count how many
 * @param key key of the last one
 * @param cause its stamp
 * @param error what the server answered
 */
public record OwedField(long count, DbKey key, Stamp cause, String error) {
  private static final String PREFIX = "q:";
  private static final int MAX_KEY_BYTES = 512;
  private static final int MAX_ERROR_LENGTH = 120;
  private static final int WORDS = 7;

  /** Cuts the error. */
  public OwedField {
    error = error.length() <= MAX_ERROR_LENGTH ? error : error.substring(0, MAX_ERROR_LENGTH);
  }

  /** The same for more changes. */
  public OwedField counted(long all) {
    return new OwedField(all, key, cause, error);
  }

  /** Name of the field. */
  public static String nameOf(String node) {
    return PREFIX + node;
  }

  /** A key that is too long is left out: it cannot be asked for after a restart. */
  public String encode() {
    byte[] name = key.key().raw();
    String hex = name.length > MAX_KEY_BYTES ? "-" : HexFormat.of().formatHex(name);
    return String.join(
        " ",
        Long.toString(count),
        Integer.toString(key.db()),
        hex,
        Long.toString(cause.hlc()),
        cause.origin().stream(),
        Long.toString(cause.offset()),
        error);
  }

  /** Reads the fields of the reserved hash, by node; others are passed over. */
  public static Map<String, OwedField> ofFields(Map<String, String> hash) {
    Map<String, OwedField> owed = new TreeMap<>();
    hash.forEach(
        (name, value) -> {
          String node = name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : "";
          OwedField field = node.isEmpty() ? null : decode(node, value);
          if (field != null) {
            owed.put(node, field);
          }
        });
    return owed;
  }

  /** Reads what {@link #encode} wrote; null if it is nothing of that kind. */
  public static OwedField decode(String node, String value) {
    String[] words = value.split(" ", WORDS);
    try {
      return words.length < WORDS
          ? null
          : new OwedField(
              Long.parseLong(words[0]),
              DbKey.of(Integer.parseInt(words[1]), HexFormat.of().parseHex(words[2])),
              new Stamp(
                  Long.parseLong(words[3]), new StreamId(node, words[4]), Long.parseLong(words[5])),
              words[6]);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  /** For people. */
  @Override
  public String toString() {
    return count + " of node " + cause.origin().node() + ", last key " + key + ": " + error;
  }
}
