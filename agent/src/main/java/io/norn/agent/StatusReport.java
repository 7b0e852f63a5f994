package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.link.PeerLink;
import io.norn.agent.part.LinkState;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Traffic;
import io.norn.journal.Journal;
import io.norn.net.Address;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a running agent shows of itself. */
final class StatusReport {
  static final String EVENTS = "expiry-events";

  /** Bytes of the stream come. */
  private static final Set<LinkState> UP =
      EnumSet.of(LinkState.STREAMING, LinkState.CATCHING_UP, LinkState.RELAYED, LinkState.MERGING);

  private final AgentConfig config;
  private final ConflictLog conflicts;
  private final Map<String, Map<String, String>> sections = new LinkedHashMap<>();

  StatusReport(AgentConfig config, ConflictLog conflicts) {
    this.config = config;
    this.conflicts = conflicts;
  }

  /**
   * All sections; only those that need no node while there is none.
   *
   * @param obstacle why there is no node
   * @param lastCrash the last bug that ended a thread; empty for none
   */
  Map<String, Map<String, String>> of(Node node, String obstacle, String lastCrash) {
    own(lastCrash);
    if (node == null) {
      Map<String, String> local = section("Local");
      local.put("link", "down");
      local.put("state", LinkState.CONNECTING.label());
      local.put("detail", obstacle);
    } else {
      running(node);
    }
    Map<String, String> decided = section("Conflicts");
    conflicts.counters().forEach((name, count) -> decided.put(name, Long.toString(count)));
    section("Log").putAll(LogWatch.fields());
    section("Process").putAll(new ProcessReport(config.directory()).fields());
    return sections;
  }

  private void own(String lastCrash) {
    Map<String, String> own = section("Node");
    own.put("node_id", config.identity().nodeId());
    own.put("local", config.local().toString());
    own.put("directory", config.directory().toString());
    if (!lastCrash.isEmpty()) {
      own.put("last_crash", lastCrash);
    }
  }

  private void running(Node node) {
    section("Node").put("stream", node.monitor().with(state -> state.ownStream().stream()));
    Map<String, String> local = section("Local");
    link(local, node.localStatus());
    local.put("version", node.server().versionText());
    local.put("offset", Long.toString(node.monitor().with(state -> state.processed().offset())));
    local.put(EVENTS, node.ticker().events().status());
    local.put("server_deletes", Long.toString(node.ticker().events().serversCount()));
    local.put("unseen_deletes", Long.toString(node.ticker().events().unseenCount()));
    traffic(local, node.localTraffic());
    journal(local, node.outbound());
    section("Apply").putAll(node.applyLoop().counters().toMap());
    window(node);
    peers(node);
  }

  private void peers(Node node) {
    int number = 0;
    for (Map.Entry<Address, PeerLink> entry : node.peers().all().entrySet()) {
      new PeerReport(node.monitor(), entry.getValue())
          .fill(section("Peer" + number++), entry.getKey());
    }
    for (Map.Entry<Address, String> entry : node.peers().failures().entrySet()) {
      Map<String, String> peer = section("Peer" + number++);
      peer.put("address", entry.getKey().toString());
      peer.put("link", "down");
      peer.put("state", LinkState.BROKEN.label());
      peer.put("detail", entry.getValue());
    }
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

  static void link(Map<String, String> section, LinkStatus status) {
    boolean up = UP.contains(status.state());
    section.put("link", up ? "up" : "down");
    section.put("state", status.state().label());
    section.put("detail", status.detail());
    section.put("since_millis", Long.toString(status.sinceMillis()));
  }

  static void traffic(Map<String, String> section, Traffic traffic) {
    section.put("received_bytes", Long.toString(traffic.bytes()));
    section.put("received_commands", Long.toString(traffic.commands()));
  }

  static void journal(Map<String, String> section, Journal journal) {
    section.put("journal_bytes", Long.toString(journal.sizeBytes()));
    long oldestMillis = journal.oldestMillis();
    long ageMillis = Math.max(0, System.currentTimeMillis() - oldestMillis);
    section.put("journal_age_millis", oldestMillis == 0 ? "-1" : Long.toString(ageMillis));
  }
}
