package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import io.norn.stream.TrimNotice;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says of streams that clients trimmed what the first entry is that is left: a command such as
 * {@code XTRIM MAXLEN} would remove something else elsewhere. Behind a barrier, so that it is known
 * what the last batch brought in.
 */
final class TrimChore implements Chore {
  private static final int AT_ONCE = 64;
  private static final long PAUSE_MILLIS = 10;
  private static final long AGAIN_MILLIS = 200;

  private final NodeMonitor monitor;
  private final Map<DbKey, Long> saidMillis = new HashMap<>();
  private long nextMillis;

  TrimChore(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  private boolean isOwing() {
    return monitor.with(state -> !state.window().streams().trimmed().isEmpty());
  }

  @Override
  public boolean isWaiting() {
    return System.currentTimeMillis() >= nextMillis && isOwing();
  }

  @Override
  public long nextMillis() {
    return isOwing() ? PAUSE_MILLIS : Long.MAX_VALUE;
  }

  @Override
  public void run(ApplyConnection connection) throws IOException, InterruptedException {
    List<DbKey> keys =
        monitor.with(state -> state.window().streams().trimmed().stream().limit(AT_ONCE).toList());
    long nowMillis = System.currentTimeMillis();
    saidMillis.keySet().retainAll(Set.copyOf(keys));
    connection.settle();
    for (DbKey key : keys) {
      if (nowMillis - saidMillis.getOrDefault(key, 0L) >= AGAIN_MILLIS) {
        saidMillis.put(key, nowMillis);
        tell(connection.server(), key);
      }
    }
    nextMillis = System.currentTimeMillis() + PAUSE_MILLIS;
  }

  /** A key that holds something else by now has been replaced: that is told otherwise. */
  private void tell(ServerConnection server, DbKey key) throws IOException {
    String db = Integer.toString(key.db());
    server.require("SELECT", db);
    Object reply =
        server.call(
            TrimNotice.asCommand(
                key.db(),
                key.key().raw(),
                monitor.with(state -> state.window().streams().cameSinceTrim(key))));
    server.require("SELECT", "0");
    if (reply instanceof ServerError error) {
      Obstacle.LOG.warn("A trim of a stream could not be told: {}", error.message());
    } else if (reply.equals(0L)) {
      monitor.with(
          state -> {
            state.window().streams().gone(key);
            return null;
          });
    }
  }
}
