package io.norn.sim.mesh;

import io.norn.clock.HybridClock;
import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.merge.MergeState;
import io.norn.merge.OwnEvents;
import io.norn.shadow.Shadows;
import io.norn.sim.model.Text;
import io.norn.sim.world.SimConnection;
import io.norn.sim.world.SimJournal;
import io.norn.sim.world.StreamLink;
import io.norn.sim.world.StreamReader;
import io.norn.stream.Marker;
import io.norn.stream.Tick;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An agent from its start to its end: what the daemon does in threads, here in events around the
 * same core.
 */
final class SimAgent {
  private static final long HOUSEKEEPING_MICROS = 20_000;
  private static final int CHECKPOINT_ONE_IN = 10;
  private static final long PEER_TICK_MICROS = 200_000;

  private final Mesh mesh;
  private final SimNode node;
  private final HybridClock clock = new HybridClock();
  private final MergeState state;
  private final SimJournal journal;
  private final CommandFeed feed;
  private final CheckpointWriter checkpoints;
  private final Inbound inbound;
  private final Map<StreamId, PeerReader> peers = new TreeMap<>();
  private final Map<StreamId, StreamLink> links = new TreeMap<>();
  private final Shadows shadows;
  private final ValueFetcher values;
  private final Ticker ticker;
  private final ApplyCycle cycle;
  private final List<SimConnection> peerConnections = new ArrayList<>();
  private boolean isAlive = true;

  SimAgent(Mesh mesh, SimNode node) {
    this.mesh = mesh;
    this.node = node;
    Checkpoint from = node.disk().checkpoint();
    Mutation mutation = mesh.mutation();
    this.journal = node.disk().journal(node.stream());
    this.state =
        new MergeState(
            node.stream(),
            Resumption.of(from.start(), mutation),
            from.applied(),
            new Events(),
            new CommandTable().under(mesh.plan().policy()));
    state.increments().settledUpto(from.settledUpto());
    this.checkpoints = new CheckpointWriter(node.disk(), state, mutation);
    this.inbound = new Inbound(state, clock, node.clock(), mesh.streams(), mutation, mesh.stamps());
    String instance = node.stream().node() + "-" + node.disk().nextStart();
    this.shadows = new Shadows(0, instance, new CommandTable(), ValueFetcher::ofPayload);
    this.values = new ValueFetcher(mesh, node, shadows);
    this.ticker = new Ticker(mesh, node, clock, state, shadows);
    this.cycle = new ApplyCycle(mesh, node, state, instance);
    this.feed = CommandFeed.of(mutation, state::own);
    readJournals(from);
    attach();
    housekeep();
  }

  private void readJournals(Checkpoint from) {
    for (StreamId stream : mesh.streams()) {
      if (!stream.node().equals(node.stream().node())) {
        state.forgetting().join(stream.node());
        state.inboxes().open(stream, PeerReader.start(from, stream));
        peers.put(
            stream,
            new PeerReader(
                stream, node.disk(), mesh.mutation(), item -> inbound.accept(stream, item)));
      }
    }
    peers.forEach((stream, reader) -> reader.replay(Math.max(0, from.applied().offset(stream))));
    for (SimJournal.Entry entry :
        journal.after(mesh.remembersValues() ? 0 : from.start().offset())) {
      if (entry.endOffset() <= from.start().offset()) {
        shadows.accept(entry.command(), entry.endOffset());
      } else {
        follow(from);
        feed.accept(entry.command(), entry.endOffset());
      }
    }
    follow(from);
    clock.observe(state.processed().largest());
  }

  /** Agents of the daemon know nothing of values before the place where they start to read. */
  private void follow(Checkpoint from) {
    if (state.backlog().shadows() == null) {
      if (!mesh.remembersValues()) {
        shadows.accept(Text.command("SELECT", Integer.toString(from.start().db())), 0);
      }
      state.backlog().follow(shadows);
    }
  }

  private void attach() {
    links.put(node.stream(), mesh.link(node.server(), node, new OwnReader()));
    peers.forEach(
        (stream, reader) ->
            links.put(stream, mesh.link(mesh.serverOf(stream), node, new Waking(reader))));
  }

  /** What the own stream shows moves everything else. */
  private void moved() {
    clock.observe(state.processed().largest());
    shadows.covered(state.decoder().coveredUpto());
    ticker.moved();
    values.moved();
    cycle.moved();
    if (mesh.random().nextInt(CHECKPOINT_ONE_IN) == 0) {
      checkpoints.advance();
    }
  }

  private void housekeep() {
    if (!isAlive) {
      return;
    }
    ticker.repeat();
    cycle.moved();
    peers.forEach(this::tickForPeer);
    mesh.time().after(HOUSEKEEPING_MICROS, this::housekeep);
  }

  /** A peer whose own agent is down gets its ticks from others. */
  private void tickForPeer(StreamId stream, PeerReader reader) {
    long upto = reader.uncoveredFor(PEER_TICK_MICROS, mesh.time().nowMicros());
    if (upto > 0) {
      SimConnection connection = mesh.connect(mesh.serverOf(stream), node);
      peerConnections.add(connection);
      Tick tick = new Tick(clock.next(node.clock().nowMicros()), stream.stream(), upto);
      connection.send(Collections.singletonList(tick.asWrite()), replies -> {});
    }
  }

  /** The links to all servers that it reads, its own included. */
  Map<StreamId, StreamLink> links() {
    return links;
  }

  /** Its connections to its own server break; it notices and opens new ones. */
  void breakConnections(long lingerMicros) {
    ticker.breakOff(lingerMicros);
    values.breakOff(lingerMicros);
    cycle.breakOff(lingerMicros);
  }

  /** The process is gone; what it had sent may still arrive. */
  void kill(long lingerMicros) {
    isAlive = false;
    links.values().forEach(StreamLink::close);
    ticker.kill(lingerMicros);
    values.kill(lingerMicros);
    cycle.kill(lingerMicros);
    peerConnections.forEach(connection -> connection.breakOff(lingerMicros));
  }

  /** True while a transaction is on its way to the own server. */
  boolean isExecuting() {
    return cycle.isExecuting();
  }

  MergeState state() {
    return state;
  }

  /** True if nothing is under way and everything of all streams is in. */
  boolean isQuiet() {
    return journal.endOffset() == node.streamEnd()
        && !state.backlog().isStalled()
        && !state.inboxes().hasWaiting()
        && state.decoder().uncoveredUpto() == 0
        && cycle.isIdle()
        && peers.entrySet().stream()
            .allMatch(peer -> peer.getValue().released() == mesh.endOf(peer.getKey()));
  }

  /** Where it stands, for messages. */
  String describe() {
    StringBuilder text = new StringBuilder(node.stream().toString());
    text.append(": own ").append(state.processed().offset()).append('/').append(node.streamEnd());
    text.append(" uncovered ").append(state.decoder().uncoveredUpto());
    text.append(" waiting ")
        .append(state.inboxes().hasWaiting())
        .append(" stalled ")
        .append(state.backlog().isStalled());
    text.append(" cycle ").append(cycle);
    peers.forEach(
        (stream, reader) ->
            text.append("; ")
                .append(stream)
                .append(' ')
                .append(state.applied().offset(stream))
                .append(',')
                .append(reader.released())
                .append('/')
                .append(mesh.endOf(stream)));
    return text.toString();
  }

  private final class OwnReader implements StreamReader {
    @Override
    public long position() {
      return journal.endOffset();
    }

    @Override
    public void accept(byte[][] command, long endOffset) {
      if (isAlive && journal.append(command, endOffset)) {
        node.disk().witness().own(command, endOffset);
        feed.accept(command, endOffset);
        moved();
      }
    }
  }

  private final class Waking implements StreamReader {
    private final PeerReader reader;

    Waking(PeerReader reader) {
      this.reader = reader;
    }

    @Override
    public long position() {
      return reader.position();
    }

    @Override
    public void accept(byte[][] command, long endOffset) {
      if (isAlive) {
        reader.accept(command, endOffset);
        cycle.moved();
      }
    }
  }

  private final class Events implements OwnEvents {
    @Override
    public void applied(Marker marker) {
      cycle.applied(marker);
    }

    @Override
    public void message(String text) {
      cycle.message(text);
    }

    @Override
    public void reservedTouched() {
      mesh.fail("nobody touches the reserved keys here");
    }
  }
}
