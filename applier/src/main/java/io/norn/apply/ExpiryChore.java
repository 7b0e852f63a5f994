package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.server.ServerConnection;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.List;

/**
 * Writes the time to live of keys again that other nodes may have lost because a removal emptied
 * the key there. It is written like a client would, so that it gets a stamp and reaches all.
 */
final class ExpiryChore implements Chore {
  private static final int AT_ONCE = 64;

  private final NodeMonitor monitor;

  ExpiryChore(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public boolean isWaiting() {
    return monitor.with(state -> !state.window().unsureExpiries().isEmpty());
  }

  @Override
  public void run(ApplyConnection connection) throws IOException {
    List<DbKey> keys =
        monitor.with(state -> state.window().unsureExpiries().stream().limit(AT_ONCE).toList());
    Commands reads = new Commands();
    for (DbKey key : keys) {
      reads.select(key.db());
      reads.add(new byte[][] {Text.bytes("PEXPIRETIME"), key.key().raw()});
    }
    List<byte[][]> commands = reads.finish();
    connection.send(commands);
    List<Object> replies = connection.server().receiveAll();
    int key = 0;
    for (int i = 0; i < commands.size(); i++) {
      if (Text.is(commands.get(i)[0], "PEXPIRETIME")) {
        assertExpiry(connection.server(), keys.get(key++), replies.get(i));
      }
    }
  }

  /** An aborted transaction leaves the key waiting: it is looked at again. */
  private void assertExpiry(ServerConnection server, DbKey key, Object seen) throws IOException {
    if (!(seen instanceof Long atMillis) || atMillis <= 0 || write(server, key)) {
      monitor.with(
          state -> {
            state.window().expirySure(key);
            return null;
          });
    }
  }

  private static boolean write(ServerConnection server, DbKey key) throws IOException {
    server.require("SELECT", Integer.toString(key.db()));
    server.require(new byte[][] {Text.bytes("WATCH"), key.key().raw()});
    Object expiry = server.require(new byte[][] {Text.bytes("PEXPIRETIME"), key.key().raw()});
    boolean written = true;
    if (expiry instanceof Long atMillis && atMillis > 0) {
      server.require("MULTI");
      byte[] text = Text.bytes(Long.toString(atMillis));
      server.require(new byte[][] {Text.bytes("PEXPIREAT"), key.key().raw(), text});
      written = server.require("EXEC") != null;
    } else {
      server.require("UNWATCH");
    }
    server.require("SELECT", "0");
    return written;
  }
}
