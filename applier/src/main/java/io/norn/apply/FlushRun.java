package io.norn.apply;

import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.merge.Decision;
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

  private static List<DbKey> keys(int db, List<?> names) {
    List<DbKey> keys = new ArrayList<>();
    for (Object name : names) {
      if (!Reserved.isReserved((byte[]) name)) {
        keys.add(DbKey.of(db, (byte[]) name));
      }
    }
    return keys;
  }

  private void removeAll(Proposal flush, List<DbKey> keys)
      throws IOException, InterruptedException {
    Set<DbKey> watched = new HashSet<>(keys);
    while (!watched.isEmpty() && !attempt(watched, flush, Map.of())) {
      counters.aborted.increment();
    }
  }

  private void finish(Proposal flush) throws IOException, InterruptedException {
    Map<StreamId, Progress> advanced = MergeState.progressAfter(flush, connection.nextBatch());
    while (!attempt(Set.of(), flush, advanced)) {
      counters.aborted.increment();
    }
    counters.units.increment();
  }

  private boolean attempt(Set<DbKey> keys, Proposal flush, Map<StreamId, Progress> advanced)
      throws IOException, InterruptedException {
    ExecRequest.Outcome outcome =
        connection.run(keys, List.of(), replies -> write(keys, flush, advanced));
    if (outcome instanceof ExecRequest.Outcome.Refused refused) {
      counters.obstacle(refused.error().message());
      Thread.sleep(Obstacle.PAUSE_MILLIS);
    }
    return outcome instanceof ExecRequest.Outcome.Committed;
  }

  private ApplyConnection.Write write(
      Set<DbKey> keys, Proposal flush, Map<StreamId, Progress> advanced) {
    return monitor.with(
        state -> {
          Decision decision = state.decideFlush(flush, List.copyOf(keys));
          return new ApplyConnection.Write(decision.emissions(), advanced);
        });
  }
}
