package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.merge.Emission;
import io.norn.merge.Facts;
import io.norn.merge.MergeState;
import io.norn.merge.Reads;
import java.io.IOException;
import java.util.List;

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
        counters.decided(monitor.with(state -> state.repaired(key)));
      }
    }
  }

  private boolean isRepaired(ApplyConnection connection, DbKey key)
      throws IOException, InterruptedException {
    Reads reads = monitor.with(state -> state.readsForRepair(key));
    ExecRequest.Outcome outcome =
        connection.run(
            reads, facts -> ApplyConnection.Write.repair(monitor.with(s -> repair(s, key, facts))));
    return outcome instanceof ExecRequest.Outcome.Committed;
  }

  private static List<Emission> repair(MergeState state, DbKey key, Facts facts) {
    return state.repair(key, facts, System.currentTimeMillis());
  }
}
