package io.norn.apply;

import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.contest.Contests;
import io.norn.crash.CrashPoint;
import io.norn.merge.Decision;
import io.norn.merge.Emission;
import io.norn.merge.MergeState;
import io.norn.merge.OwedField;
import io.norn.merge.Proposal;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.window.Unordered;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Applies batch after batch on one connection: the EXEC of a batch goes out in one write with the
 * WATCH of the next.
 *
 * <p>A batch is decided only after its barrier has come back in the own stream, and never runs
 * before the one ahead of it: if that one was not executed, a WATCH already sent is void.
 */
final class ApplySession {
  private static final long HOUSEKEEPING_NANOS = 20_000_000;
  private static final long IDLE_MILLIS = 1000;

  private final NodeMonitor monitor;
  private final ApplyConnection connection;
  private final ApplyCounters counters;
  private final BatchSizer sizer;
  private final Chores chores;
  private final Ledger ledger;
  private final Fallible fallible;
  private final Map<StreamId, Long> inFlight = new HashMap<>();
  private final Set<List<Bytes>> poison = new HashSet<>();

  private Pending pending;
  private long lastChoresNanos = System.nanoTime();

  /** A batch that is decided and not sent yet. */
  private record Pending(
      ExecRequest exec,
      Proposal proposal,
      long batch,
      List<OwedField> mayFail,
      Contests contests) {}

  ApplySession(
      NodeMonitor monitor,
      ApplyConnection connection,
      ApplySettings settings,
      ApplyCounters counters,
      Chores chores,
      Ledger ledger) {
    this.monitor = monitor;
    this.connection = connection;
    this.counters = counters;
    this.sizer = new BatchSizer(settings.limits());
    this.chores = chores;
    this.ledger = ledger;
    this.fallible = new Fallible(monitor.table());
  }

  /** Runs until interrupted or until the connection breaks. */
  void run() throws IOException, InterruptedException {
    connection.settle();
    ledger.resolve(connection);
    counters.obstacle("");
    while (!Thread.currentThread().isInterrupted()) {
      step();
    }
    throw new InterruptedException();
  }

  private void step() throws IOException, InterruptedException {
    Proposal next = choresAreDue() ? null : propose();
    if (next != null && next.isFlush()) {
      if (pending == null) {
        new FlushRun(monitor, connection, counters).run(next);
        return;
      }
      next = null;
    }
    if (next == null && pending == null) {
      idle();
    } else {
      exchange(next);
    }
  }

  private Proposal propose() {
    return monitor.with(state -> state.propose(inFlight, sizer.limits()));
  }

  private boolean choresAreDue() {
    return System.nanoTime() - lastChoresNanos > HOUSEKEEPING_NANOS && chores.areWaiting();
  }

  private void idle() throws IOException, InterruptedException {
    if (chores.areWaiting()) {
      chores.run(connection);
      lastChoresNanos = System.nanoTime();
    } else {
      monitor.awaitWork(inFlight, chores.nextMillis(IDLE_MILLIS));
    }
  }

  private void exchange(Proposal next) throws IOException, InterruptedException {
    Pending current = pending;
    pending = null;
    long barrier = connection.nextBarrier();
    WatchRequest watch =
        next == null ? null : new WatchRequest(next.reads(), monitor.barrier(barrier));
    if (current != null) {
      ledger.open(current.batch(), current.mayFail());
      connection.send(current.exec().commands());
    }
    if (watch != null) {
      connection.send(watch.commands());
    }
    ServerConnection server = connection.server();
    boolean executed = true;
    List<Object> replies = server.receiveAll();
    int split = current == null ? 0 : current.exec().commands().size();
    if (current != null) {
      executed = isExecuted(current, replies.subList(0, split));
      ledger.close();
    }
    if (watch != null) {
      prepare(next, watch, replies.subList(split, replies.size()), barrier, executed);
    } else if (!executed) {
      inFlight.clear();
    }
  }

  private void prepare(
      Proposal next, WatchRequest watch, List<Object> replies, long barrier, boolean executed)
      throws IOException, InterruptedException {
    ServerError refusal = watch.refusal(replies);
    if (executed && refusal == null) {
      connection.await(barrier);
      pending = monitor.with(state -> decide(state, next, watch, replies));
    }
    if (pending == null) {
      connection.server().require("UNWATCH");
      inFlight.clear();
    }
    if (refusal != null) {
      refused(next, refusal);
    }
  }

  /**
   * What this server can never execute, such as a database that it does not have, is left out after
   * all else was tried.
   */
  private void refused(Proposal proposal, ServerError refusal)
      throws IOException, InterruptedException {
    if (Obstacle.isTemporary(refusal)) {
      waitFor(refusal);
    } else if (proposal.units().size() > 1) {
      sizer.aborted();
    } else {
      ChangeUnit unit = proposal.units().get(0);
      String text = "the change at " + unit.stamp() + ": " + refusal.message();
      counters.failure(text);
      Obstacle.LOG.error("A change could not be executed here and is left out: {}", text);
      Map<StreamId, Progress> advanced = MergeState.progressAfter(proposal, connection.nextBatch());
      connection.run(
          Set.of(), List.of(), replies -> new ApplyConnection.Write(List.of(), advanced));
    }
  }

  private Pending decide(
      MergeState state, Proposal proposal, WatchRequest watch, List<Object> replies) {
    if (!state.isCurrent(proposal)) {
      return null;
    }
    Decision decision = state.decide(proposal, watch.facts(replies), System.currentTimeMillis());
    counters.count(decision);
    long batch = connection.nextBatch();
    Map<StreamId, Progress> advanced = MergeState.progressAfter(proposal, batch);
    advanced.forEach((stream, progress) -> inFlight.put(stream, progress.offset()));
    List<Emission> emissions =
        decision.emissions().stream().filter(each -> !isPoison(each)).toList();
    ExecRequest exec =
        new ExecRequest(connection.marker(advanced), emissions, System.currentTimeMillis());
    List<OwedField> mayFail = fallible.of(proposal.units(), emissions);
    return new Pending(exec, proposal, batch, mayFail, decision.contests());
  }

  private boolean isExecuted(Pending batch, List<Object> replies) throws InterruptedException {
    ExecRequest.Outcome outcome = batch.exec().outcome(replies);
    if (outcome instanceof ExecRequest.Outcome.Committed committed) {
      if (!committed.failures().isEmpty()) {
        CrashPoint.reach("exec-failed");
      }
      committed.failures().forEach(failure -> failed(failure, batch.proposal()));
      counters.decided(batch.contests());
      counters.batches.increment();
      counters.units.add(batch.proposal().units().size());
      sizer.committed();
      counters.obstacle("");
      return true;
    }
    if (outcome instanceof ExecRequest.Outcome.Refused refused) {
      refused(refused);
    } else {
      counters.aborted.increment();
      sizer.aborted();
    }
    return false;
  }

  private void refused(ExecRequest.Outcome.Refused refused) throws InterruptedException {
    if (refused.command() != null && !Obstacle.isTemporary(refused.error())) {
      failed(new ExecRequest.Failure(refused.command(), refused.error()));
      poison.add(content(refused.command()));
    } else {
      waitFor(refused.error());
    }
  }

  /** Commands are built anew at each decision, so they are known by content. */
  private boolean isPoison(Emission emission) {
    return !poison.isEmpty() && poison.contains(content(emission));
  }

  private static List<Bytes> content(Emission emission) {
    return Arrays.stream(emission.command()).map(Bytes::new).toList();
  }

  /** What the command was for is asked of its node. */
  private void failed(ExecRequest.Failure failure, Proposal proposal) {
    boolean isMissing =
        monitor.with(
            state -> {
              boolean missing = state.refused(proposal, failure.command());
              owe(state.window().unordered().cases(), failure);
              return missing;
            });
    if (isMissing) {
      failed(failure);
    }
  }

  private void owe(Map<DbKey, Unordered.Case> unsettled, ExecRequest.Failure failure) {
    unsettled.forEach(
        (key, each) -> {
          if (each.kind() == Unordered.Kind.LACKS && isNamed(key, failure.command())) {
            String error = failure.error().message();
            String node = each.cause().origin().node();
            counters.owed().add(node, new OwedField(1, key, each.cause(), error));
          }
        });
  }

  private static boolean isNamed(DbKey key, Emission command) {
    return key.db() == command.db() && content(command).contains(key.key());
  }

  private void failed(ExecRequest.Failure failure) {
    String text = Obstacle.describe(failure.command(), failure.error());
    counters.failure(text);
    Obstacle.LOG.warn("A change could not be executed here: {}", text);
  }

  private void waitFor(ServerError error) throws InterruptedException {
    if (counters.obstacle().isEmpty()) {
      Obstacle.LOG.warn("Applying waits, the local server answers: {}", error.message());
    }
    counters.obstacle(error.message());
    Thread.sleep(Obstacle.PAUSE_MILLIS);
  }
}
