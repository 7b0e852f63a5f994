package io.norn.sim.mesh;

import io.norn.apply.ExecRequest;
import io.norn.apply.ExecRequest.Outcome;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.merge.BatchLimits;
import io.norn.merge.Decision;
import io.norn.merge.Emission;
import io.norn.merge.Facts;
import io.norn.merge.MergeState;
import io.norn.merge.Proposal;
import io.norn.sim.world.SimConnection;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.Text;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The one writer of a node: batch after batch, the EXEC of one in one write with the WATCH of the
 * next, as the daemon's apply loop does.
 */
final class ApplyCycle {
  private static final long RECONNECT_MICROS = 5_000;

  /** As in the daemon, batches go on while there is something to repair. */
  private static final int REPAIR_ONE_IN = 8;

  private final Mesh mesh;
  private final SimNode node;
  private final MergeState state;
  private final String instance;
  private final Map<StreamId, Long> inFlight = new HashMap<>();
  private final Rewriter rewriter;
  private final Publisher publisher;
  private SimConnection connection;
  private BatchLimits limits;
  private Batch current;
  private Batch next;
  private boolean isExecuting;
  private boolean isMoving;
  private boolean isAlive = true;
  private long barriers;
  private long batches;

  ApplyCycle(Mesh mesh, SimNode node, MergeState state, String instance) {
    this.mesh = mesh;
    this.node = node;
    this.state = state;
    this.instance = instance;
    this.limits = mesh.limits();
    this.connection = mesh.connect(node.server(), node);
    this.rewriter = new Rewriter(state, mesh.mutation());
    this.publisher = new Publisher(state);
  }

  /** Something has changed: go on if that is possible. */
  void moved() {
    if (isMoving || !isAlive || connection.isBroken()) {
      return;
    }
    isMoving = true;
    publisher.moved(connection, node.clock().nowMillis(), this::moved);
    if (current == null && !rewriter.isBusy() && !publisher.isBusy()) {
      begin();
    }
    if (current != null && !isExecuting && current.isReady(mesh.mutation())) {
      decide();
    }
    isMoving = false;
  }

  /** The own stream shows a message. */
  void message(String text) {
    if (current != null) {
      current.message(text);
    }
    if (next != null) {
      next.message(text);
    }
    publisher.message(text);
    rewriter.message(text);
  }

  /** The own stream shows a batch, of this agent or of one before it. */
  void applied(Marker marker) {
    batches = Math.max(batches, marker.batch());
  }

  boolean isExecuting() {
    return isExecuting;
  }

  boolean isIdle() {
    return current == null && rewriter.isIdle() && publisher.isIdle();
  }

  void breakOff(long lingerMicros) {
    connection.breakOff(lingerMicros);
    mesh.time().after(RECONNECT_MICROS, this::reconnect);
  }

  void kill(long lingerMicros) {
    isAlive = false;
    connection.breakOff(lingerMicros);
  }

  private void reconnect() {
    if (isAlive && connection.isBroken()) {
      connection = mesh.connect(node.server(), node);
      reset();
      rewriter.reset();
      publisher.reset();
      moved();
    }
  }

  private void reset() {
    current = null;
    next = null;
    isExecuting = false;
    inFlight.clear();
  }

  private void begin() {
    inFlight.clear();
    Set<DbKey> repairs = state.window().repairs();
    if (mesh.mutation() == Mutation.NO_REPAIR) {
      Set.copyOf(repairs).forEach(state.window()::repaired);
    }
    if (!repairs.isEmpty() && (mesh.random().nextInt(REPAIR_ONE_IN) == 0 || !canPropose())) {
      DbKey key = repairs.iterator().next();
      current = watch(Batch.repairOf(key, state.readsForRepair(key), nextBarrier()));
    } else if (!rewriter.begin(connection, this::moved)
        && !publisher.begin(connection, node.clock().nowMillis(), nextBarrier(), this::moved)) {
      current = propose();
    }
  }

  private boolean canPropose() {
    return state.propose(inFlight, limits) != null;
  }

  private String nextBarrier() {
    return "b " + instance + " " + ++barriers;
  }

  /** Watches the next batch; null if there is none. */
  private Batch propose() {
    Proposal proposal = state.propose(inFlight, limits);
    return proposal == null ? null : watch(Batch.of(proposal, nextBarrier()));
  }

  private Batch watch(Batch batch) {
    connection.send(
        Watching.commands(batch.watch(), mesh.mutation()),
        replies -> {
          batch.answered(Watching.replies(batch.watch(), replies, mesh.mutation()));
          moved();
        });
    return batch;
  }

  private void decide() {
    Batch batch = current;
    if (batch.watch().refusal(batch.replies()) != null) {
      mesh.fail("reads refused: " + batch.watch().refusal(batch.replies()));
    }
    if (batch.repaired() != null) {
      repair(batch);
    } else if (!state.isCurrent(batch.proposal())) {
      unwatch();
    } else {
      apply(batch);
    }
  }

  private void repair(Batch batch) {
    Facts facts = batch.watch().facts(batch.replies());
    List<Emission> emissions = state.repair(batch.repaired(), facts, node.clock().nowMillis());
    execute(emissions, Map.of(), Marker.Purpose.REPAIR);
  }

  private void apply(Batch batch) {
    Facts facts = Watching.facts(batch, state, mesh.mutation());
    Decision decision = state.decide(batch.proposal(), facts, node.clock().nowMillis());
    String objection = node.disk().witness().objection(state, batch.proposal(), facts, decision);
    if (objection != null) {
      mesh.fail(objection);
    }
    Map<StreamId, Progress> advanced = MergeState.progressAfter(batch.proposal(), batches + 1);
    advanced.forEach((stream, progress) -> inFlight.put(stream, progress.offset()));
    execute(decision.emissions(), advanced, Marker.Purpose.CHANGES);
    if (mesh.random().nextInt(4) != 0) {
      next = propose();
    }
  }

  private void execute(
      List<Emission> emissions, Map<StreamId, Progress> advanced, Marker.Purpose purpose) {
    isExecuting = true;
    ExecRequest exec =
        new ExecRequest(
            new Marker(instance, ++batches, advanced, purpose),
            emissions,
            node.clock().nowMillis());
    connection.send(exec.commands(), replies -> executed(exec.outcome(Replies.of(replies))));
  }

  private void executed(Outcome outcome) {
    isExecuting = false;
    if (outcome instanceof Outcome.Committed committed) {
      committed.failures().forEach(this::failed);
      if (current.repaired() != null) {
        state.repaired(current.repaired());
      }
      current = next;
      next = null;
      limits = mesh.limits();
    } else if (outcome instanceof Outcome.Aborted) {
      limits = limits.halved();
      unwatch();
    } else {
      mesh.fail("refused: " + outcome);
    }
    moved();
  }

  private void failed(ExecRequest.Failure failure) {
    if (current.proposal() == null || state.refused(current.proposal(), failure.command())) {
      mesh.commandFailed(failure);
    }
  }

  /** What is watched already is void. */
  private void unwatch() {
    connection.send(Collections.singletonList(new byte[][] {Text.bytes("UNWATCH")}), replies -> {});
    reset();
    mesh.time().after(100, this::moved);
  }

  @Override
  public String toString() {
    return (current == null ? "idle" : isExecuting ? "executing" : "watching")
        + (current != null && current.replies() != null ? " answered" : "")
        + (rewriter.isBusy() ? " expiry" : "")
        + (publisher.isBusy() ? " publishing" : "")
        + (state.publications().isWaiting()
            ? " unsettled " + state.window().unordered().cases()
            : "");
  }
}
