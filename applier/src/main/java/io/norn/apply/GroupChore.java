package io.norn.apply;

import io.norn.command.EntryId;
import io.norn.merge.GroupMoves;
import io.norn.server.ServerConnection;
import io.norn.stream.Text;
import io.norn.window.GroupKey;
import io.norn.window.Groups;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Moves groups of consumers on that were held up, and sets those back that have passed an entry
 * which came late and which nobody delivers. The latter is written as a client would, so that it
 * reaches all.
 */
final class GroupChore implements Chore {
  private static final int AT_ONCE = 64;
  private static final long PATIENCE_MILLIS = 1_000;
  private static final long LOOK_AGAIN_MILLIS = 20;

  private final NodeMonitor monitor;
  private final Map<GroupKey, Long> sinceMillis = new HashMap<>();
  private long nextLookMillis;

  GroupChore(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  private <T> T with(Function<Groups, T> action) {
    return monitor.with(state -> action.apply(state.window().streams().groups()));
  }

  @Override
  public boolean isWaiting() {
    return System.currentTimeMillis() >= nextLookMillis
        && with(groups -> !groups.freed().isEmpty() || !groups.passed().isEmpty());
  }

  @Override
  public long nextMillis() {
    return with(groups -> !groups.freed().isEmpty() || !groups.passed().isEmpty())
        ? LOOK_AGAIN_MILLIS
        : Long.MAX_VALUE;
  }

  @Override
  public void run(ApplyConnection connection) throws IOException, InterruptedException {
    for (GroupKey group : with(groups -> groups.freed().stream().limit(AT_ONCE).toList())) {
      moveOn(connection, group);
    }
    List<GroupKey> passed = with(groups -> List.copyOf(groups.passed()));
    long nowMillis = System.currentTimeMillis();
    sinceMillis.keySet().retainAll(Set.copyOf(passed));
    for (GroupKey group : passed) {
      if (nowMillis - sinceMillis.computeIfAbsent(group, g -> nowMillis) >= PATIENCE_MILLIS) {
        sinceMillis.put(group, nowMillis);
        setBack(connection.server(), group);
      }
    }
    nextLookMillis = System.currentTimeMillis() + LOOK_AGAIN_MILLIS;
  }

  private void moveOn(ApplyConnection connection, GroupKey group)
      throws IOException, InterruptedException {
    ExecRequest.Outcome outcome =
        connection.run(
            Set.of(),
            List.of(),
            replies ->
                new ApplyConnection.Write(
                    monitor.with(state -> GroupMoves.free(state.window(), group)), Map.of()));
    if (outcome instanceof ExecRequest.Outcome.Committed) {
      with(
          groups -> {
            groups.moved(group);
            return null;
          });
    }
  }

  private void setBack(ServerConnection server, GroupKey group) throws IOException {
    EntryId entry = with(groups -> groups.firstPassed(group));
    byte[] stream = group.key().key().raw();
    server.require("SELECT", Integer.toString(group.key().db()));
    Object groups = server.call(new byte[][] {Text.bytes("XINFO"), Text.bytes("GROUPS"), stream});
    if (entry != null && entry.compareTo(lastDelivered(groups, group.group().raw())) <= 0) {
      server.call(
          new byte[][] {
            Text.bytes("XGROUP"),
            Text.bytes("SETID"),
            stream,
            group.group().raw(),
            entry.before().text()
          });
    }
    server.require("SELECT", "0");
  }

  /** The first of all IDs if the group is not there. */
  private static EntryId lastDelivered(Object groups, byte[] name) {
    if (groups instanceof List<?> list) {
      for (Object each : list) {
        if (each instanceof List<?> group && Arrays.equals((byte[]) value(group, "name"), name)) {
          return EntryId.parse((byte[]) value(group, "last-delivered-id")).orElse(EntryId.FIRST);
        }
      }
    }
    return EntryId.FIRST;
  }

  private static Object value(List<?> flat, String name) {
    for (int i = 0; i + 1 < flat.size(); i += 2) {
      if (ServerConnection.text(flat.get(i)).equals(name)) {
        return flat.get(i + 1);
      }
    }
    return null;
  }
}
