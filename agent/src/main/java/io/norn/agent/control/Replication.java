package io.norn.agent.control;

import io.norn.net.Address;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The agent as others see it who take it for a replica, which must never be promoted.
 *
 * @param host of the primary it seems to follow: what Sentinel last told it, else its first peer,
 *     else the local server
 * @param port of that primary, 0 if there is none
 * @param isUp whether that link works
 */
record Replication(String host, int port, boolean isUp) {

  /** What one client is told. */
  static Replication of(AgentControl control, Session session) {
    return session
        .claimedPrimary()
        .map(primary -> new Replication(primary.host(), primary.port(), true))
        .orElseGet(() -> of(control));
  }

  private static Replication of(AgentControl control) {
    Map<String, Map<String, String>> status = control.status();
    List<Address> peers = control.peers();
    if (!peers.isEmpty()) {
      return new Replication(peers.get(0).host(), peers.get(0).port(), isUp(status, "Peer0"));
    }
    String[] local = control.configuration().getOrDefault("local", "").split(" ", -1);
    return local.length == 2
        ? new Replication(local[0], Address.parsePort(local[1]), isUp(status, "Local"))
        : new Replication("", 0, false);
  }

  private static boolean isUp(Map<String, Map<String, String>> status, String section) {
    return "up".equals(status.getOrDefault(section, Map.of()).get("link"));
  }

  /** The fields of {@code INFO replication}, as Sentinel reads them. */
  Map<String, String> fields() {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("role", "slave");
    fields.put("master_host", host);
    fields.put("master_port", Integer.toString(port));
    fields.put("master_link_status", isUp ? "up" : "down");
    fields.put("slave_repl_offset", "0");
    fields.put("slave_priority", "0");
    fields.put("slave_read_only", "1");
    fields.put("replica_announced", "0");
    fields.put("connected_slaves", "0");
    return fields;
  }
}
