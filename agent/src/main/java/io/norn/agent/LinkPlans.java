package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.JournalConfig;
import io.norn.agent.link.MissedPart;
import io.norn.agent.link.PeerAgents;
import io.norn.journal.JournalSettings;
import io.norn.journal.SyncPolicy;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What the configuration says of links and journals. */
final class LinkPlans {
  private static final int CONNECT_TIMEOUT_MILLIS = 5000;

  private LinkPlans() {}

  static JournalSettings journal(AgentConfig config, Path path) {
    JournalConfig journal = config.journal();
    Duration maxAge =
        journal.maxAgeMillis() == 0
            ? Duration.ofDays(36_500)
            : Duration.ofMillis(journal.maxAgeMillis());
    return new JournalSettings(
        path,
        SyncPolicy.valueOf(journal.sync().name()),
        journal.maxBytes(),
        maxAge,
        journal.reserveBytes());
  }

  static LinkSettings link(AgentConfig config, Endpoint endpoint) {
    return new LinkSettings(
        endpoint,
        config.listen().announced().port(),
        Optional.ofNullable(config.directives().get("announce-ip")).filter(ip -> !ip.isBlank()),
        CONNECT_TIMEOUT_MILLIS,
        config.timing().readDeadlineMillis());
  }

  static SyncPolicy policy(AgentConfig config) {
    return SyncPolicy.valueOf(config.journal().sync().name());
  }

  /** How what the local server holds no more is got from peers. */
  static MissedPart missedPart(AgentConfig config, Peers.Wanted wantedPeers, PeerAgents agents) {
    List<Endpoint> peers =
        wantedPeers.peers().stream()
            .filter(peer -> !wantedPeers.isPaused(peer))
            .map(config.peers()::endpoint)
            .toList();
    return new MissedPart(link(config, config.local()), policy(config), peers, agents);
  }
}
