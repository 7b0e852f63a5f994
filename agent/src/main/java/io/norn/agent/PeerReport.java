package io.norn.agent;

import io.norn.agent.link.PeerLink;
import io.norn.agent.part.Heartbeat;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.net.Address;
import java.util.Map;

/** What a running agent shows of one peer. */
final class PeerReport {
  private static final long UNKNOWN = -1;

  private final NodeMonitor monitor;
  private final PeerLink link;

  PeerReport(NodeMonitor monitor, PeerLink link) {
    this.monitor = monitor;
    this.link = link;
  }

  void fill(Map<String, String> section, Address address) {
    section.put("address", address.toString());
    section.put("node_id", link.node());
    StatusReport.link(section, link.status());
    section.put(StatusReport.EVENTS, link.stream().eventsStatus());
    section.put("policies", link.policies().status());
    put(section, "lag_bytes", link.stream().lagBytes());
    put(section, "lag_millis", lagMillis("up".equals(section.get("link"))));
    put(section, "heartbeat_age_millis", heartbeatAgeMillis());
    put(section, "clock_ahead_millis", link.stream().clockAheadMillis());
    StreamId stream = link.stream().id();
    put(
        section,
        "applied_offset",
        stream == null ? UNKNOWN : monitor.with(state -> state.applied().offset(stream)));
    StatusReport.traffic(section, link.stream().traffic());
    StatusReport.journal(section, link.stream().journal());
  }

  private static void put(Map<String, String> section, String name, long value) {
    section.put(name, Long.toString(value));
  }

  /**
   * Age of the oldest change that waits. Of a peer that cannot be reached nobody knows what it has:
   * then at least the time since it was last heard of.
   */
  private long lagMillis(boolean isUp) {
    long waitingMillis = waitingMillis();
    return isUp ? waitingMillis : Math.max(waitingMillis, heartbeatAgeMillis());
  }

  private long waitingMillis() {
    StreamId stream = link.stream().id();
    if (stream == null || link.stream().lagBytes() == 0) {
      return 0;
    }
    long oldestMicros = monitor.with(state -> state.inboxes().oldestWaitingHlc(stream));
    return oldestMicros == 0 ? 0 : Math.max(0, System.currentTimeMillis() - oldestMicros / 1000);
  }

  private long heartbeatAgeMillis() {
    Heartbeat heartbeat = link.stream().lastHeartbeat();
    return heartbeat == null
        ? UNKNOWN
        : Math.max(0, System.currentTimeMillis() - heartbeat.atMillis());
  }
}
