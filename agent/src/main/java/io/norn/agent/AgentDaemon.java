package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.Listen;
import io.norn.agent.config.LiveConfig;
import io.norn.agent.config.PeerStore;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.control.AgentControl;
import io.norn.agent.control.Authenticator;
import io.norn.agent.control.ControlServer;
import io.norn.agent.control.Inspection;
import io.norn.agent.http.HttpPort;
import io.norn.agent.http.StatusPages;
import io.norn.agent.journals.ServedStream;
import io.norn.agent.metrics.History;
import io.norn.agent.metrics.Sampler;
import io.norn.agent.node.DataDirectory;
import io.norn.net.Address;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent: keeps a node going beside the local server, and answers on the control port. */
public final class AgentDaemon implements AgentControl, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentDaemon.class);

  private static final int MAX_CONFLICTS = 1000;

  private final LiveConfig live;
  private final DataDirectory directory;
  private final PeerStore peers;
  private final NodeKeeper keeper;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final ConflictLog conflicts = new ConflictLog(MAX_CONFLICTS);
  private final Sampler sampler = new Sampler(this::report);
  private final Reconfiguration reconfiguration;
  private final AgentTools tools;
  private ControlServer control;
  private HttpPort http;

  private AgentDaemon(LiveConfig live, DataDirectory directory, PeerStore peers) {
    this.live = live;
    this.directory = directory;
    this.peers = peers;
    this.keeper = NodeKeeper.of(live::current, directory, new StoredPeers(peers), conflicts);
    this.reconfiguration = new Reconfiguration(live, keeper::restart, this::renewCertificates);
    this.tools = new AgentTools(live::current, keeper::node, peers::peers, conflicts);
  }

  private AgentConfig config() {
    return live.current();
  }

  /**
   * Starts. A local server that cannot be reached is waited for; what only a person can mend is an
   * error.
   *
   * @throws IOException if the data directory or the port cannot be used, or the server belongs to
   *     another node; one line for users
   */
  public static AgentDaemon start(AgentConfig config) throws IOException {
    LogWatch.install();
    DataDirectory directory = DataDirectory.open(config.directory());
    AgentDaemon daemon = null;
    try {
      PeerStore peers = PeerStore.open(config.directory(), config.peers().addresses());
      LiveConfig live = new LiveConfig(config);
      daemon = new AgentDaemon(live, directory, peers);
      daemon.control =
          ControlServer.start(
              config.listen(),
              () -> live.current().listen().limits(),
              Authenticator.live(live::current),
              daemon);
      daemon.openHttp();
      daemon.keeper.start();
      daemon.sampler.start();
      return daemon;
    } catch (IOException | RuntimeException | Error e) {
      Closing.inOrder(List.of(daemon == null || daemon.control == null ? directory : daemon));
      throw e;
    }
  }

  private void openHttp() throws IOException {
    if (config().monitoring().port() != 0) {
      http =
          StatusPages.open(
              config().monitoring(),
              Authenticator.live(live::current),
              () -> config().listen().limits().protection() == Listen.Protection.ON,
              () -> config().monitoring().readyMaxLagMillis(),
              new HttpView());
    }
  }

  private void renewCertificates() throws IOException {
    control.renewCertificates(config().listen());
    if (http != null) {
      http.renewCertificates(config().monitoring());
    }
  }

  @Override
  public void addPeer(Address peer) {
    if (peer.equals(config().local().address()) || peer.equals(config().listen().announced())) {
      throw new IllegalArgumentException(peer + " is this node itself: name another server");
    }
    try {
      if (peers.add(peer)) {
        LOG.info("Peer {} added", peer);
        followWanted();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public boolean removePeer(Address peer) {
    try {
      boolean removed = peers.remove(peer);
      if (removed) {
        LOG.info("Peer {} removed", peer);
        if (!followWanted()) {
          DataDirectory.deleteTree(directory.inbound(peer));
        }
      }
      return removed;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public boolean pausePeer(Address peer) {
    try {
      boolean isPeer = peers.pause(peer);
      followWanted();
      return isPeer;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public boolean resumePeer(Address peer) {
    try {
      boolean isPeer = peers.resume(peer);
      followWanted();
      return isPeer;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /** False if there is no node now; one that starts asks for its peers itself. */
  private boolean followWanted() {
    Node node = keeper.node();
    if (node != null) {
      node.peers().followWanted();
    }
    return node != null;
  }

  @Override
  public List<Address> peers() {
    return peers.peers();
  }

  @Override
  public Map<String, Map<String, String>> status() {
    return sampler.status();
  }

  private Map<String, Map<String, String>> report() {
    return new StatusReport(config(), conflicts)
        .of(keeper.node(), keeper.obstacle(), keeper.lastCrash());
  }

  @Override
  public Map<String, String> configuration() {
    return config().directives();
  }

  @Override
  public void configure(Map<String, String> values) {
    reconfiguration.set(values);
  }

  @Override
  public void reloadConfiguration() {
    reconfiguration.reload();
  }

  @Override
  public void rewriteConfiguration() {
    reconfiguration.rewrite();
  }

  @Override
  public Inspection inspection() {
    return tools;
  }

  @Override
  public List<ServedStream> streams() {
    return ServedStreams.of(keeper.node());
  }

  @Override
  public void shutdown() {
    stopping.countDown();
  }

  /** Waits until somebody asks the agent to stop. */
  public void awaitStopped() throws InterruptedException {
    stopping.await();
  }

  /** Port of the control server. */
  public int port() {
    return control.port();
  }

  /**
   * As {@link #close()}, but gives up after so long: the process may end then as if it had been
   * killed, which loses nothing.
   */
  public void closeWithin(long millis) {
    Thread closing = new Thread(this::close, "stop");
    closing.setDaemon(true);
    closing.start();
    try {
      closing.join(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (closing.isAlive()) {
      LOG.warn("Stopping without waiting any longer for servers that do not answer");
    }
  }

  /** Stops everything; what was journaled and applied is found again at the next start. */
  @Override
  public void close() {
    stopping.countDown();
    Closeable pages = http == null ? () -> {} : http;
    Closing.inOrder(List.of(pages, sampler, tools, control, keeper, directory));
    LOG.info("Node {} stopped", config().identity().nodeId());
  }

  private final class HttpView implements StatusPages.View {
    @Override
    public Map<String, Map<String, String>> status() {
      return AgentDaemon.this.status();
    }

    @Override
    public History history() {
      return sampler.history();
    }

    @Override
    public ConflictLog conflicts() {
      return conflicts;
    }

    @Override
    public String version() {
      return ControlServer.version();
    }
  }

  /** The peers of the store, for the node. */
  private record StoredPeers(PeerStore store) implements Peers.Wanted {
    @Override
    public List<Address> peers() {
      return store.peers();
    }

    @Override
    public boolean isPaused(Address peer) {
      return store.isPaused(peer);
    }
  }
}
