package io.norn.agent.doctor;

import io.norn.agent.node.NodeRecord;
import io.norn.net.Address;
import io.norn.psync.PrimaryInfo;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * What was seen of one server.
 *
 * @param address where
 * @param info what it says of itself
 * @param config its directives, as far as the agent's user may see them
 * @param aheadMillis how far its clock is ahead of this host's; empty if it does not tell
 * @param record its reserved keys
 * @param denied what the agent's user may not do, as the server says it
 */
record ServerFacts(
    Address address,
    PrimaryInfo info,
    Map<String, String> config,
    OptionalLong aheadMillis,
    NodeRecord record,
    List<String> denied) {

  /** For messages, and for commands that mend. */
  String where() {
    return address.toString();
  }

  /** What to type to change a directive for good. */
  String set(String name, String value) {
    return cli() + " CONFIG SET " + name + " " + value + " && " + cli() + " CONFIG REWRITE";
  }

  String cli() {
    return "valkey-cli -h " + address.host() + " -p " + address.port();
  }

  /** A directive that is a number; empty if it is none or may not be seen. */
  OptionalLong number(String name) {
    String text = config.getOrDefault(name, "");
    return text.matches("\\d{1,18}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
  }
}
