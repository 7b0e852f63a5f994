package io.norn.agent.metrics;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** The sections of {@code STATUS}, read by those who measure. */
final class Sections {
  private static final String PEER = "Peer";

  /** How names begin whose numbers may be negative. */
  private static final String SIGNED = "clock_";

  private Sections() {}

  /** The sections of peers, by address: their numbers change when a peer is removed. */
  static Map<String, Map<String, String>> peers(Map<String, Map<String, String>> status) {
    Map<String, Map<String, String>> peers = new LinkedHashMap<>();
    status.forEach(
        (name, fields) -> {
          if (name.matches(PEER + "\\d+")) {
            peers.put(fields.getOrDefault("address", name), fields);
          }
        });
    return peers;
  }

  /** The same section by a name that stays: that of a peer is its address. */
  static String lastingName(String section, Map<String, String> fields) {
    return section.startsWith(PEER) ? fields.getOrDefault("address", section) : section;
  }

  /** Empty if there is none, or it is unknown. */
  static OptionalDouble number(Map<String, String> fields, String name) {
    String text = fields.getOrDefault(name, "");
    boolean isNumber = text.matches("-?\\d{1,18}(\\.\\d{1,9})?");
    boolean isUnknown = text.equals("-1") && !name.startsWith(SIGNED);
    return isNumber && !isUnknown
        ? OptionalDouble.of(Double.parseDouble(text))
        : OptionalDouble.empty();
  }

  /** Fields that count up, of which rates are made. */
  static List<String> counters() {
    return List.of(
        "received_bytes",
        "received_commands",
        "applied_units",
        "applied_batches",
        "aborted_batches",
        "dominated_operations",
        "conflicts");
  }
}
