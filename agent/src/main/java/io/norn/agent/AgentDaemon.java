package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.config.PeerStore;
import io.norn.agent.control.AgentControl;
import io.norn.agent.control.Authenticator;
import io.norn.agent.control.ControlServer;
import io.norn.agent.link.Worker;
import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.OneAgent;
import io.norn.net.Address;
import io.norn.psync.Backoff;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A running agent: keeps a node going beside the local server, and answers on the control port. */
public final class AgentDaemon implements AgentControl, Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(AgentDaemon.class);

  private final AgentConfig config;
  private final DataDirectory directory;
  private final PeerStore peers;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Worker keeper = new Worker("keeper", this::keepNode);
  private ControlServer control;
  private Node node;
  private CountDownLatch nodeEnded = new CountDownLatch(0);
  private volatile String obstacle = "";

  private AgentDaemon(AgentConfig config, DataDirectory directory, PeerStore peers) {
    this.config = config;
    this.directory = directory;
    this.peers = peers;
  }

  /**
   * Starts. A local server that cannot be reached is waited for; what only a person can mend is an
   * error.
   *
   * @throws IOException if the data directory or the port cannot be used, or the server belongs to
   *     another node; one line for users
   */
  public static AgentDaemon start(AgentConfig config) throws IOException {
    DataDirectory directory = DataDirectory.open(config.directory());
    try {
      PeerStore peers = PeerStore.open(config.directory(), config.peers().addresses());
      AgentDaemon daemon = new AgentDaemon(config, directory, peers);
      daemon.control = ControlServer.start(config.listen(), Authenticator.of(config), daemon);
      try {
        daemon.tryNode();
      } catch (ForeignDataException | OneAgent.OtherAgentException e) {
        daemon.close();
        throw e;
      }
      daemon.keeper.start();
      return daemon;
    } catch (IOException e) {
      directory.close();
      throw e;
    }
  }

  private void keepNode() throws InterruptedException {
    Backoff backoff = new Backoff(RandomGenerator.getDefault());
    while (!Thread.currentThread().isInterrupted()) {
      CountDownLatch ended = ended();
      ended.await();
      closeNode();
      try {
        if (tryNode()) {
          backoff.reset();
        } else {
          Thread.sleep(backoff.nextMillis());
        }
      } catch (ForeignDataException | OneAgent.OtherAgentException e) {
        obstacle = e.getMessage();
        LOG.error("{}", e.getMessage());
        Thread.sleep(backoff.nextMillis());
      }
    }
  }

  private synchronized CountDownLatch ended() {
    return nodeEnded;
  }

  /** False if the local server cannot be used now. */
  private synchronized boolean tryNode() throws ForeignDataException, OneAgent.OtherAgentException {
    if (stopping.getCount() == 0) {
      return false;
    }
    CountDownLatch ended = new CountDownLatch(1);
    try {
      node = Node.start(config, directory, peers.peers(), ended::countDown);
      nodeEnded = ended;
      obstacle = "";
      LOG.info("Node {} runs beside {}", config.identity().nodeId(), config.local());
      return true;
    } catch (ForeignDataException | OneAgent.OtherAgentException e) {
      throw e;
    } catch (IOException e) {
      if (!String.valueOf(e.getMessage()).equals(obstacle)) {
        LOG.warn("Waiting for the local server: {}", e.getMessage());
      }
      obstacle = String.valueOf(e.getMessage());
      return false;
    }
  }

  private synchronized void closeNode() {
    if (node != null) {
      try {
        node.close();
      } catch (IOException e) {
        LOG.warn("{}", e.getMessage());
      }
      node = null;
    }
  }

  @Override
  public void addPeer(Address peer) {
    if (peer.equals(config.local().address()) || peer.equals(config.listen().announced())) {
      throw new IllegalArgumentException(peer + " is this node itself: name another server");
    }
    try {
      if (peers.add(peer)) {
        LOG.info("Peer {} added", peer);
        synchronized (this) {
          if (node != null) {
            node.addPeer(peer);
          }
        }
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
        synchronized (this) {
          if (node != null) {
            node.removePeer(peer);
          }
        }
      }
      return removed;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  @Override
  public List<Address> peers() {
    return peers.peers();
  }

  @Override
  public Map<String, Map<String, String>> status() {
    Node current;
    synchronized (this) {
      current = node;
    }
    return new StatusReport(config).of(current, obstacle);
  }

  @Override
  public Map<String, String> configuration() {
    return config.directives();
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

  /** Stops everything; what was journaled and applied is found again at the next start. */
  @Override
  public void close() {
    stopping.countDown();
    keeper.close();
    control.close();
    closeNode();
    try {
      directory.close();
    } catch (IOException e) {
      LOG.warn("{}", e.getMessage());
    }
    LOG.info("Node {} stopped", config.identity().nodeId());
  }
}
