package io.norn.sim.mesh;

import io.norn.apply.ExecRequest;
import io.norn.clock.StreamId;
import io.norn.merge.BatchLimits;
import io.norn.sim.load.RandomCommands;
import io.norn.sim.model.Dialect;
import io.norn.sim.world.EventQueue;
import io.norn.sim.world.Latency;
import io.norn.sim.world.SimClock;
import io.norn.sim.world.SimConnection;
import io.norn.sim.world.SimServer;
import io.norn.sim.world.StreamLink;
import io.norn.sim.world.StreamReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** One mesh from one seed: nodes, clients and faults, run until all is quiet again. */
public final class Mesh {
  private static final int NEAR_MIN_MICROS = 20;
  private static final int NEAR_MAX_MICROS = 250;
  private static final int MAX_CLOCK_OFFSET_MICROS = 5_000_000;
  private static final int MAX_DRIFT_PPM = 2_000;
  private static final long QUIET_STEP_MICROS = 20_000;
  private static final long QUIET_LIMIT_MICROS = 30_000_000;

  private final Random random;
  private final Mutation mutation;
  private final MeshPlan plan;
  private final EventQueue time = new EventQueue();
  private final List<SimNode> nodes = new ArrayList<>();
  private final List<StreamId> streams = new ArrayList<>();
  private final List<ExecRequest.Failure> failedCommands = new ArrayList<>();
  private final Stamps stamps = new Stamps(this::fail);
  private final Clients clients;
  private QueueLedger ledger;

  /** Draws a mesh. */
  public Mesh(long seed, Mutation mutation) {
    this(seed, mutation, plan -> plan);
  }

  /** Draws a mesh and changes its plan. */
  Mesh(long seed, Mutation mutation, UnaryOperator<MeshPlan> change) {
    this(seed, mutation, change, commands -> commands);
  }

  /** Draws a mesh and changes its plan, and what its clients do. */
  Mesh(
      long seed,
      Mutation mutation,
      UnaryOperator<MeshPlan> change,
      UnaryOperator<RandomCommands> load) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.mutation = mutation;
    this.plan = change.apply(MeshPlan.draw(random));
    for (int i = 0; i < plan.nodes(); i++) {
      addNode(Character.toString('a' + i));
    }
    this.clients = new Clients(this, nodes, load);
  }

  /** A mesh without clients and faults of its own. */
  Mesh(long seed, Mutation mutation, int nodes) {
    this.random = new Random(seed * 0x9E3779B97F4A7C15L);
    this.mutation = mutation;
    this.plan = MeshPlan.draw(random);
    for (int i = 0; i < nodes; i++) {
      addNode(Character.toString('a' + i));
    }
    this.clients = new Clients(this, nodes(), commands -> commands);
  }

  /** Its clients work on queues, of which a ledger is kept. */
  Mesh withQueues() {
    ledger = new QueueLedger();
    return this;
  }

  /** Each node has a witness of what its agents see and decide. */
  Mesh withWitnesses() {
    nodes.forEach(node -> node.disk().witness(new LastingWitness(this, node)));
    return this;
  }

  /** Null without queues. */
  QueueLedger ledger() {
    return ledger;
  }

  /** True if restarted agents know the values of lists still. */
  boolean remembersValues() {
    return ledger != null;
  }

  List<SimNode> nodes() {
    return nodes;
  }

  /**
   * The node's server goes on with the same data under a new stream, as after a restart from an
   * AOF.
   */
  SimNode continueUnderNewStream(SimNode node, String replid) {
    StreamId stream = new StreamId(node.stream().node(), replid);
    SimNode next = new SimNode(stream, new SimServer(node.server(), replid), node.clock());
    nodes.add(next);
    streams.add(stream);
    return next;
  }

  private void addNode(String id) {
    Dialect dialect = random.nextBoolean() ? Dialect.VALKEY_8 : Dialect.REDIS_7;
    StreamId stream = new StreamId(id, "r" + id);
    SimClock clock =
        new SimClock(
            time,
            random.nextInt(2 * MAX_CLOCK_OFFSET_MICROS) - MAX_CLOCK_OFFSET_MICROS,
            random.nextInt(2 * MAX_DRIFT_PPM) - MAX_DRIFT_PPM);
    nodes.add(new SimNode(stream, new SimServer(dialect, stream.stream(), clock), clock));
    streams.add(stream);
  }

  /** Runs it to its end and judges it; throws an {@link AssertionError} that says what is wrong. */
  public void run() {
    nodes.forEach(node -> node.start(this));
    if (ledger != null) {
      clients.keep(ledger);
      runUntilQuiet();
    }
    long endMicros = clients.plan();
    new Faults(this, nodes).plan(endMicros);
    time.runUntil(endMicros);
    heal();
    runUntilQuiet();
    clients.writeOnceMore();
    runUntilQuiet();
    new Judge(this, nodes, clients).judge();
  }

  private void heal() {
    for (SimNode node : nodes) {
      node.start(this);
      node.agent().links().values().forEach(StreamLink::restore);
    }
  }

  private void runUntilQuiet() {
    long limit = time.nowMicros() + QUIET_LIMIT_MICROS;
    int quietSteps = 0;
    while (quietSteps < 2) {
      time.runUntil(time.nowMicros() + QUIET_STEP_MICROS);
      quietSteps = nodes.stream().allMatch(node -> node.agent().isQuiet()) ? quietSteps + 1 : 0;
      if (time.nowMicros() > limit) {
        fail("does not come to rest");
      }
    }
  }

  /** Ends the run. */
  void fail(String reason) {
    StringBuilder text = new StringBuilder(reason).append("\n").append(plan);
    for (SimNode node : nodes) {
      text.append("\n").append(node.agent() == null ? "down" : node.agent().describe());
    }
    throw new AssertionError(text.toString());
  }

  EventQueue time() {
    return time;
  }

  Random random() {
    return random;
  }

  Mutation mutation() {
    return mutation;
  }

  Stamps stamps() {
    return stamps;
  }

  MeshPlan plan() {
    return plan;
  }

  List<StreamId> streams() {
    return streams;
  }

  BatchLimits limits() {
    return new BatchLimits(plan.maxKeys(), 1 << 16);
  }

  /** A command that was refused inside a transaction. */
  void commandFailed(ExecRequest.Failure failure) {
    failedCommands.add(failure);
  }

  List<ExecRequest.Failure> failedCommands() {
    return failedCommands;
  }

  SimServer serverOf(StreamId stream) {
    return nodeOf(stream).server();
  }

  long endOf(StreamId stream) {
    return nodeOf(stream).streamEnd();
  }

  private SimNode nodeOf(StreamId stream) {
    return nodes.stream().filter(node -> node.stream().equals(stream)).findFirst().orElseThrow();
  }

  /** A connection of a node's agent to a server. */
  SimConnection connect(SimServer server, SimNode from) {
    return new SimConnection(time, server, latency(server, from), random);
  }

  /** The link by which a node's agent reads a server's stream. */
  StreamLink link(SimServer server, SimNode to, StreamReader reader) {
    return new StreamLink(time, server, latency(server, to), reader);
  }

  private Latency latency(SimServer server, SimNode node) {
    return server == node.server()
        ? new Latency(random, NEAR_MIN_MICROS, NEAR_MAX_MICROS)
        : new Latency(random, NEAR_MAX_MICROS, plan.farMicros());
  }
}
