package io.norn.agent.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether clients should be sent to this node. A peer that is away is no reason against it: going
 * on without the others is what the node is for.
 */
public final class Readiness {
  private static final Set<String> JOINING = Set.of("merging", "waiting-for-peer-merge");

  private Readiness() {}

  /** What stands against it, one line each; empty if the node is ready. */
  public static List<String> obstacles(Map<String, Map<String, String>> status, long maxLagMillis) {
    List<String> obstacles = new ArrayList<>();
    Map<String, String> local = status.getOrDefault("Local", Map.of());
    if (!"up".equals(local.get("link"))) {
      obstacles.add("local server: " + local.getOrDefault("detail", "no link"));
    }
    String blocked = status.getOrDefault("Apply", Map.of()).getOrDefault("apply_obstacle", "");
    if (!blocked.isEmpty()) {
      obstacles.add("applying waits: " + blocked);
    }
    Sections.peers(status)
        .forEach((address, fields) -> addPeer(obstacles, address, fields, maxLagMillis));
    return obstacles;
  }

  private static void addPeer(
      List<String> obstacles, String address, Map<String, String> fields, long maxLagMillis) {
    String state = fields.getOrDefault("state", "");
    long lagMillis = (long) Sections.number(fields, "lag_millis").orElse(0);
    if (JOINING.contains(state)) {
      obstacles.add("peer " + address + ": " + state);
    } else if ("up".equals(fields.get("link")) && lagMillis > maxLagMillis) {
      obstacles.add("peer " + address + ": " + lagMillis + " ms behind, more than " + maxLagMillis);
    }
  }
}
