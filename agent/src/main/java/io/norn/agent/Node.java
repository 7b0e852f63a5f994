package io.norn.agent;

import io.norn.agent.config.AgentConfig;
import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.join.Contested;
import io.norn.agent.join.JoinContext;
import io.norn.agent.join.JoinWriter;
import io.norn.agent.join.Meeting;
import io.norn.agent.link.LocalAttach;
import io.norn.agent.link.LocalFiles;
import io.norn.agent.link.LocalLink;
import io.norn.agent.link.MissedPart;
import io.norn.agent.link.OwnStream;
import io.norn.agent.link.PeerAgents;
import io.norn.agent.link.PeerContext;
import io.norn.agent.link.PeerDirectory;
import io.norn.agent.link.PeerPolicies;
import io.norn.agent.node.Checkpoint;
import io.norn.agent.node.DataDirectory;
import io.norn.agent.node.IntentFile;
import io.norn.agent.node.NodeRecord;
import io.norn.agent.node.OneAgent;
import io.norn.agent.node.ReservedKey;
import io.norn.agent.node.SmallFile;
import io.norn.agent.node.Ticker;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Traffic;
import io.norn.agent.table.LocalTraits;
import io.norn.apply.ApplyLoop;
import io.norn.apply.ApplySettings;
import io.norn.apply.NodeMonitor;
import io.norn.journal.Journal;
import io.norn.net.Address;
import io.norn.net.Endpoint;
import io.norn.psync.PrimaryInfo;
import io.norn.rdb.RdbTarget;
import io.norn.server.ServerConnection;
import io.norn.server.ServerRefusedException;
import io.norn.stream.VersionVector;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Everything that runs for one history of the local server: when that ends, a new one is made. */
final class Node implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);
  private static final long LISTEN_HEARTBEATS = 3;
  private static final int VALKEY_WITH_FAST_WATCH = 9;

  private final AgentConfig config;
  private final DataDirectory directory;
  private final Journal outbound;
  private final NodeMonitor monitor;
  private final VersionVector atStart;
  private final PrimaryInfo server;
  private final LinkStatus localStatus = new LinkStatus("local server");
  private final LocalLink localLink;
  private final Ticker ticker;
  private final ApplyLoop applyLoop;
  private final JoinWriter joinWriter;
  private final Meeting meeting;
  private final Contested contested;
  private final Peers peers;
  private final PeerAgents agents;
  private final Checkpoints checkpoints;
  private final Consumer<String> onEnded;
  private final ReservedKey key;
  private final Housekeeper housekeeper;

  private Node(
      AgentConfig config,
      DataDirectory directory,
      Journal outbound,
      LocalAttach.Attached attached,
      NodeRecord record,
      PeerAgents agents,
      Peers.Wanted wantedPeers,
      ConflictLog conflicts,
      Consumer<String> onEnded)
      throws IOException {
    this.config = config;
    this.directory = directory;
    this.outbound = outbound;
    this.onEnded = onEnded;
    this.agents = agents;
    this.peers = new Peers(wantedPeers, new PeerContexts());
    this.meeting = new Meeting(() -> wantedPeers.peers().size());
    this.server = attached.session().primary();
    Checkpoint start = attached.checkpoint();
    String instance = UUID.randomUUID().toString();
    this.monitor =
        new NodeMonitor(
            instance,
            start.own(),
            start.state(),
            start.applied(),
            LocalTraits.of(config.local(), server, config.policies().merge()));
    monitor.with(
        state -> {
          state.increments().settledUpto(start.settledUpto());
          return null;
        });
    this.contested = new Contested(monitor, peers);
    monitor.observe(Math.max(record.largestHlc(), attached.largestHlc()));
    this.atStart = record.vector();
    this.ticker = new Ticker(config.local(), monitor, onEnded);
    this.applyLoop =
        new ApplyLoop(
            config.local(),
            monitor,
            ApplySettings.forServer(watchIsFast()),
            IntentFile.open(directory.root().resolve("intents")),
            conflicts::add);
    this.joinWriter = new JoinWriter(monitor::poke);
    applyLoop.resume(record.owed());
    applyLoop.add(joinWriter);
    applyLoop.add(contested);
    this.localLink =
        new LocalLink(
            new OwnStream(
                start.own(),
                LinkPlans.link(config, config.local()),
                outbound,
                LinkPlans.policy(config)),
            monitor,
            LocalFiles.of(directory),
            localStatus,
            attached.session(),
            start.state(),
            ticker::wake,
            onEnded);
    this.key =
        new ReservedKey(
            directory.incarnation(),
            instance,
            start.own(),
            config.listen().announced(),
            config.policies().shared());
    this.checkpoints = new Checkpoints(monitor, LocalFiles.of(directory).checkpoint(), start);
    this.housekeeper =
        new Housekeeper(
            config.local(),
            monitor,
            key,
            peers,
            checkpoints,
            outbound,
            config.timing().heartbeatMillis(),
            onEnded);
  }

  /**
   * Attaches to the local server and starts. When that fails nothing is left open.
   *
   * @param wantedPeers peers to follow, asked again and again
   * @param conflicts is told what was decided
   * @param onEnded called when this history of the server has ended, with an empty text, or when a
   *     bug has ended a thread, with a line about it
   * @throws IOException if the server or the data directory cannot be used; one line for users
   */
  static Node start(
      AgentConfig config,
      DataDirectory directory,
      Peers.Wanted wantedPeers,
      ConflictLog conflicts,
      Consumer<String> onEnded)
      throws IOException {
    NodeRecord record = readRecord(config);
    OneAgent oneAgent = new OneAgent(config.local(), directory.file("instance"));
    oneAgent.check(record, LISTEN_HEARTBEATS * config.timing().heartbeatMillis());
    Deque<Closeable> opened = new ArrayDeque<>();
    try {
      Journal outbound = openOutbound(config, directory);
      opened.push(outbound);
      PeerAgents agents = new PeerAgents(config.listen().announced());
      MissedPart missed = LinkPlans.missedPart(config, wantedPeers, agents);
      LocalAttach.Attached attached = attach(config, directory, outbound, missed);
      opened.push(attached.session());
      Node node =
          new Node(
              config,
              directory,
              outbound,
              attached,
              record,
              agents,
              wantedPeers,
              conflicts,
              onEnded);
      opened.push(node);
      oneAgent.enter(node.monitor.instance());
      node.run();
      return node;
    } catch (IOException | RuntimeException | Error e) {
      Closing.inOrder(opened);
      throw e;
    }
  }

  private static LocalAttach.Attached attach(
      AgentConfig config, DataDirectory directory, Journal outbound, MissedPart missed)
      throws IOException {
    return new LocalAttach(
            config.identity().nodeId(),
            LocalFiles.of(directory),
            LinkPlans.link(config, config.local()),
            missed)
        .attach(outbound, () -> readRecord(config));
  }

  /** A server that was seeded by a copy of another node's data would be taken for that node. */
  private static NodeRecord readRecord(AgentConfig config) throws IOException {
    try (ServerConnection server = ServerConnection.open(config.local())) {
      NodeRecord record = NodeRecord.read(server);
      String own = config.identity().nodeId();
      if (record.hasAgent() && !record.node().equals(own)) {
        throw foreignData(config, record.node());
      }
      return record;
    }
  }

  private static ForeignDataException foreignData(AgentConfig config, String owner) {
    return new ForeignDataException(
        config.local()
            + " holds the data of node '"
            + owner
            + "', but this node is '"
            + config.identity().nodeId()
            + "': correct node-id, or remove the keys __norn and __norn:v to start anew");
  }

  /**
   * What is read from disk comes first: the own stream needs it to know what its markers stand for.
   */
  private void run() throws IOException {
    peers.resume();
    claimServer();
    ticker.start();
    localLink.start();
    housekeeper.start();
    applyLoop.start();
    peers.start();
  }

  /** Who runs has said whose server it is; a server that takes no writes now is told later. */
  private void claimServer() throws IOException {
    try (ServerConnection connection = ServerConnection.open(config.local())) {
      String owner = key.claim(connection, peers.nodes());
      if (!owner.equals(config.identity().nodeId())) {
        throw foreignData(config, owner);
      }
    } catch (ServerRefusedException e) {
      LOG.warn("The server is told later whose it is: {}", e.getMessage());
    }
  }

  private static Journal openOutbound(AgentConfig config, DataDirectory directory)
      throws IOException {
    return Journal.open(LinkPlans.journal(config, directory.outbound()), InstantSource.system());
  }

  private boolean watchIsFast() {
    return server.isValkey() && server.majorVersion() >= VALKEY_WITH_FAST_WATCH;
  }

  private PeerContext context(Address address) throws IOException {
    Endpoint endpoint = config.peers().endpoint(address);
    Path path = directory.inbound(address);
    JoinContext join =
        new JoinContext(
            monitor,
            joinWriter,
            outbound,
            RdbTarget.of(server),
            path,
            config.policies().initialSync(),
            meeting,
            contested);
    return new PeerContext(
        endpoint,
        LinkPlans.link(config, endpoint),
        new PeerDirectory(path, LinkPlans.journal(config, path)),
        monitor,
        atStart,
        LinkPlans.policy(config),
        config.timing().maxClockSkewMillis(),
        agents,
        new PeerPolicies(config.policies().shared()),
        join,
        onEnded);
  }

  /** The peer no longer counts for forgetting either. */
  private void left(Address peer, String node) throws IOException {
    if (!node.isEmpty()) {
      PeerDirectory.removedFile(directory.inbound(peer), node).write("removed");
      monitor.with(
          state -> {
            state.forgetting().leave(node);
            state.window().forget();
            return null;
          });
    }
    DataDirectory.deleteTree(directory.inbound(peer));
  }

  Peers peers() {
    return peers;
  }

  NodeMonitor monitor() {
    return monitor;
  }

  PrimaryInfo server() {
    return server;
  }

  LinkStatus localStatus() {
    return localStatus;
  }

  Ticker ticker() {
    return ticker;
  }

  Traffic localTraffic() {
    return localLink.traffic();
  }

  ApplyLoop applyLoop() {
    return applyLoop;
  }

  Journal outbound() {
    return outbound;
  }

  /** Holds the replid under which the server goes on with the own stream. */
  SmallFile replidFile() {
    return LocalFiles.of(directory).replid();
  }

  @Override
  public void close() {
    checkpoints.freeze();
    Closeable own =
        () -> Closing.inOrder(List.of(applyLoop, housekeeper, ticker, localLink, outbound));
    Closing.together(List.of(peers, own));
  }

  private final class PeerContexts implements Peers.Contexts {
    @Override
    public PeerContext of(Address peer) throws IOException {
      return context(peer);
    }

    @Override
    public void left(Address peer, String node) throws IOException {
      Node.this.left(peer, node);
    }
  }
}
