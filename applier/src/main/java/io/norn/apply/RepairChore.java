package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.contest.Contests;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Repairs keys that may not be what their operations in stamp order make of them. */
final class RepairChore implements Chore {
  private static final int AT_ONCE = 16;

  private final NodeMonitor monitor;
  private final ApplyCounters counters;

  RepairChore(NodeMonitor monitor, ApplyCounters counters) {
    this.monitor = monitor;
    this.counters = counters;
  }

  @Override
  public boolean isWaiting() {
    return monitor.with(state -> !state.window().repairs().isEmpty());
  }

  @Override
  public void run(ApplyConnection connection) throws IOException, InterruptedException {
    List<DbKey> keys =
        monitor.with(state -> state.window().repairs().stream().limit(AT_ONCE).toList());
    for (DbKey key : keys) {
      if (isRepaired(connection, key)) {
        counters.decided(
            monitor.with(
                state -> {
                  Contests contests = state.repaired(key);
                  state.window().repaired(key);
                  return contests;
                }));
      }
    }
  }

  private boolean isRepaired(ApplyConnection connection, DbKey key)
      throws IOException, InterruptedException {
    ExecRequest.Outcome outcome =
        connection.run(
            Set.of(key),
            List.of(),
            replies ->
                new ApplyConnection.Write(monitor.with(state -> state.repair(key)), Map.of()));
    return outcome instanceof ExecRequest.Outcome.Committed;
  }
}
