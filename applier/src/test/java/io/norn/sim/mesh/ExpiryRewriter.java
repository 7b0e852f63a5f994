package io.norn.sim.mesh;

import io.norn.command.DbKey;
import io.norn.merge.MergeState;
import io.norn.sim.model.Text;
import io.norn.sim.world.SimConnection;
import java.util.List;

/**
 * Writes the time to live again of keys of which the core is not sure, as the daemon does between
 * batches.
 */
final class ExpiryRewriter {
  private final MergeState state;
  private boolean isBusy;
  private long session;

  ExpiryRewriter(MergeState state) {
    this.state = state;
  }

  boolean isBusy() {
    return isBusy;
  }

  /** The connection broke. */
  void reset() {
    isBusy = false;
    session++;
  }

  /** False if there is nothing to do. */
  boolean begin(SimConnection connection, Runnable onDone) {
    if (state.window().unsureExpiries().isEmpty()) {
      return false;
    }
    isBusy = true;
    DbKey key = state.window().unsureExpiries().iterator().next();
    String name = Text.of(key.key().raw());
    long startedIn = session;
    connection.send(
        List.of(
            Text.command("SELECT", Integer.toString(key.db())),
            Text.command("WATCH", name),
            Text.command("PEXPIRETIME", name)),
        replies -> {
          if (session == startedIn) {
            write(connection, key, (long) replies.get(2), onDone);
          }
        });
    return true;
  }

  private void write(SimConnection connection, DbKey key, long atMillis, Runnable onDone) {
    String name = Text.of(key.key().raw());
    List<byte[][]> commands =
        atMillis <= 0
            ? List.of(Text.command("UNWATCH"), Text.command("SELECT", "0"))
            : List.of(
                Text.command("MULTI"),
                Text.command("PEXPIREAT", name, Long.toString(atMillis)),
                Text.command("EXEC"),
                Text.command("SELECT", "0"));
    long startedIn = session;
    connection.send(
        commands,
        replies -> {
          if (session == startedIn) {
            done(key, atMillis <= 0 || replies.get(2) != null, onDone);
          }
        });
  }

  private void done(DbKey key, boolean isWritten, Runnable onDone) {
    isBusy = false;
    if (isWritten) {
      state.window().expirySure(key);
    }
    onDone.run();
  }
}
