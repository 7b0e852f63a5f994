package io.norn.apply;

import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.KeyRule;
import io.norn.command.MergePolicy;
import io.norn.contest.Contests;
import io.norn.merge.Decision;
import io.norn.merge.Facts;
import io.norn.merge.MergeState;
import io.norn.merge.Proposal;
import io.norn.server.ServerConnection;
import io.norn.stream.Progress;
import io.norn.stream.Reserved;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Carries out a peer's FLUSHALL or FLUSHDB: never as it is, because no WATCH would cover keys that
 * appear meanwhile, but key by key, only what is older. The version vector moves on with the last
 * transaction, so that a crash in between starts over.
 */
final class FlushRun {
  private static final int KEYS_AT_ONCE = 128;

  private final NodeMonitor monitor;
  private final ApplyConnection connection;
  private final ApplyCounters counters;
  private Contests contests = Contests.NONE;

  FlushRun(NodeMonitor monitor, ApplyConnection connection, ApplyCounters counters) {
    this.monitor = monitor;
    this.connection = connection;
    this.counters = counters;
  }

  void run(Proposal flush) throws IOException, InterruptedException {
    for (int db : connection.databases()) {
      String cursor = "0";
      do {
        List<?> page = connection.scan(db, cursor, KEYS_AT_ONCE);
        cursor = ServerConnection.text(page.get(0));
        removeAll(flush, keys(db, (List<?>) page.get(1)));
      } while (!cursor.equals("0"));
    }
    finish(flush);
  }

  private List<DbKey> keys(int db, List<?> names) {
    MergePolicy policy = monitor.with(state -> state.table().policy());
    List<DbKey> keys = new ArrayList<>();
    for (Object name : names) {
      byte[] raw = (byte[]) name;
      if (!Reserved.isReserved(raw) && policy.ruleOf(raw) != KeyRule.SITE_LOCAL) {
        keys.add(DbKey.of(db, raw));
      }
    }
    return keys;
  }

  /** Halves what clients keep breaking, so that one hot key does not hold up the rest. */
  private void removeAll(Proposal flush, List<DbKey> keys)
      throws IOException, InterruptedException {
    if (keys.isEmpty()) {
      return;
    }
    Set<DbKey> watched = new HashSet<>(keys);
    while (!isDone(connection.run(watched, List.of(), replies -> removal(keys, flush)))) {
      if (keys.size() > 1) {
        removeAll(flush, keys.subList(0, keys.size() / 2));
        removeAll(flush, keys.subList(keys.size() / 2, keys.size()));
        return;
      }
    }
  }

  /** The other commands of the flush's transaction go with the version vector. */
  private void finish(Proposal flush) throws IOException, InterruptedException {
    Map<StreamId, Progress> advanced = MergeState.progressAfter(flush, connection.nextBatch());
    while (!isDone(connection.run(flush.reads(), facts -> rest(flush, facts, advanced)))) {
      if (!monitor.with(state -> state.isCurrent(flush))) {
        return;
      }
    }
    counters.units.increment();
  }

  private boolean isDone(ExecRequest.Outcome outcome) throws InterruptedException {
    if (outcome instanceof ExecRequest.Outcome.Aborted) {
      counters.aborted.increment();
    }
    if (outcome instanceof ExecRequest.Outcome.Refused refused) {
      counters.obstacle(refused.error().message());
      Thread.sleep(Obstacle.PAUSE_MILLIS);
    }
    boolean isCommitted = outcome instanceof ExecRequest.Outcome.Committed;
    if (isCommitted) {
      counters.decided(contests);
    }
    return isCommitted;
  }

  private ApplyConnection.Write removal(List<DbKey> keys, Proposal flush) {
    return monitor.with(
        state -> {
          if (!state.isCurrent(flush)) {
            return null;
          }
          Decision decision = state.decideFlush(flush, keys);
          contests = decision.contests();
          return new ApplyConnection.Write(decision.emissions(), Map.of());
        });
  }

  private ApplyConnection.Write rest(
      Proposal flush, Facts facts, Map<StreamId, Progress> advanced) {
    return monitor.with(
        state -> {
          if (!state.isCurrent(flush)) {
            return null;
          }
          Decision decision = state.decideBesideFlushes(flush, facts, System.currentTimeMillis());
          counters.count(decision);
          contests = decision.contests();
          return new ApplyConnection.Write(decision.emissions(), advanced);
        });
  }
}
