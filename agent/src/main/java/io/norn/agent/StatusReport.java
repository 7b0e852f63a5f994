package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.link.PeerLink;
import io.norn.agent.part.Heartbeat;
import io.norn.agent.part.LinkState;
import io.norn.agent.part.LinkStatus;
import io.norn.clock.StreamId;
import io.norn.net.Address;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a running agent shows of itself. */
final class StatusReport {
  private static final String EVENTS = "expiry-events";

  private final AgentConfig config;
  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

  StatusReport(AgentConfig config) {
    this.config = config;
  }

  /**
   * All sections; only the first two while there is no node.
   *
   * @param obstacle why there is no node
   * @param lastCrash the last bug that ended a thread; empty for none
   */
  Map<String, Map<String, String>> of(Node node, String obstacle, String lastCrash) {
    Map<String, String> own = section("Node");
    own.put("node_id", config.identity().nodeId());
    own.put("local", config.local().toString());
    own.put("directory", config.directory().toString());
    if (!lastCrash.isEmpty()) {
      own.put("last_crash", lastCrash);
    }
    Map<String, String> local = section("Local");
    if (node == null) {
      local.put("link", "down");
      local.put("state", LinkState.CONNECTING.label());
      local.put("detail", obstacle);
      return sections;
    }
    own.put("stream", node.monitor().with(state -> state.ownStream().stream()));
    link(local, node.localStatus());
    local.put("version", node.server().versionText());
    local.put("offset", Long.toString(node.monitor().with(state -> state.processed().offset())));
    local.put("journal_bytes", Long.toString(node.outbound().sizeBytes()));
    local.put(EVENTS, node.ticker().events().status());
    local.put("server_deletes", Long.toString(node.ticker().events().serversCount()));
    local.put("unseen_deletes", Long.toString(node.ticker().events().unseenCount()));
    section("Apply").putAll(node.applyLoop().counters().toMap());
    window(node);
    int number = 0;
    for (Map.Entry<Address, PeerLink> entry : node.peers().all().entrySet()) {
      peer(section("Peer" + number++), entry.getKey(), entry.getValue(), node);
    }
    for (Map.Entry<Address, String> entry : node.peers().failures().entrySet()) {
      Map<String, String> peer = section("Peer" + number++);
      peer.put("address", entry.getKey().toString());
      peer.put("link", "down");
      peer.put("state", LinkState.BROKEN.label());
      peer.put("detail", entry.getValue());
    }
    return sections;
  }

  private Map<String, String> section(String name) {
    return sections.computeIfAbsent(name, n -> new LinkedHashMap<>());
  }

  private void window(Node node) {
    Map<String, String> window = section("Window");
    node.monitor()
        .with(
            state -> {
              window.put("window_keys", Integer.toString(state.window().keyCount()));
              window.put("window_entries", Integer.toString(state.window().entryCount()));
              window.put("mesh", String.join(",", state.forgetting().mesh()));
              return null;
            });
  }

  private static void link(Map<String, String> section, LinkStatus status) {
    boolean up = status.state() == LinkState.STREAMING || status.state() == LinkState.MERGING;
    section.put("link", up ? "up" : "down");
    section.put("state", status.state().label());
    section.put("detail", status.detail());
    section.put("since_millis", Long.toString(status.sinceMillis()));
  }

  private static void peer(Map<String, String> section, Address address, PeerLink link, Node node) {
    section.put("address", address.toString());
    section.put("node_id", link.node());
    link(section, link.status());
    section.put(EVENTS, link.stream().eventsStatus());
    StreamId stream = link.stream().id();
    Heartbeat heartbeat = link.stream().lastHeartbeat();
    section.put("lag_bytes", Long.toString(link.stream().lagBytes()));
    section.put("lag_millis", Long.toString(lagMillis(node, stream, link)));
    section.put(
        "heartbeat_age_millis",
        heartbeat == null
            ? "-1"
            : Long.toString(Math.max(0, System.currentTimeMillis() - heartbeat.atMillis())));
    section.put("clock_ahead_millis", Long.toString(link.stream().clockAheadMillis()));
    section.put(
        "applied_offset",
        stream == null
            ? "-1"
            : Long.toString(node.monitor().with(state -> state.applied().offset(stream))));
    section.put("journal_bytes", Long.toString(link.stream().journal().sizeBytes()));
  }

  /** Age of the oldest change that waits; 0 if none does. */
  private static long lagMillis(Node node, StreamId stream, PeerLink link) {
    if (stream == null || link.stream().lagBytes() == 0) {
      return 0;
    }
    long oldestMicros = node.monitor().with(state -> state.inboxes().oldestWaitingHlc(stream));
    return oldestMicros == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldestMicros / 1000);
  }
}
