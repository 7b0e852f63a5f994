package io.norn.agent.verify;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A key that is not the same everywhere, though nobody writes to it.
 *
 * @param suspect the key
 * @param nodes node ids
 * @param sides what each of them holds, null where the key is not there
 */
record Difference(Suspect suspect, List<String> nodes, List<Fingerprint> sides) {

  /** Names and values, for people and programs. */
  Map<String, Object> fields() {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("db", suspect.db());
    fields.put("key", readable(suspect.key()));
    fields.put("what", what());
    List<Map<String, Object>> values = new ArrayList<>();
    for (int i = 0; i < nodes.size(); i++) {
      values.add(side(nodes.get(i), sides.get(i)));
    }
    fields.put("nodes", values);
    return fields;
  }

  private static Map<String, Object> side(String node, Fingerprint held) {
    Map<String, Object> side = new LinkedHashMap<>();
    side.put("node", node);
    side.put("type", held == null ? "none" : held.type());
    side.put("digest", held == null ? "" : held.digest());
    side.put("expires_at_millis", held == null ? -1 : held.expireAtMillis());
    return side;
  }

  /** In one word. */
  private String what() {
    if (sides.stream().anyMatch(Objects::isNull)) {
      return "missing";
    }
    if (sides.stream().map(Fingerprint::type).distinct().count() > 1) {
      return "type";
    }
    boolean isValue = sides.stream().map(Fingerprint::digest).distinct().count() > 1;
    return isValue ? "value" : "expiry";
  }

  private static String readable(byte[] key) {
    String text = new String(key, StandardCharsets.UTF_8);
    boolean isText = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), key);
    if (isText) {
      return text;
    }
    StringBuilder escaped = new StringBuilder();
    for (byte b : key) {
      boolean isPlain = b >= ' ' && b < 0x7f && b != '\\';
      escaped.append(isPlain ? String.valueOf((char) b) : String.format("\\x%02x", b));
    }
    return escaped.toString();
  }
}
