package io.norn.agent.join;

import io.norn.apply.ApplyConnection;
import io.norn.apply.Chore;
import io.norn.command.DbKey;
import io.norn.server.ServerConnection;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keys of which several servers held different values before they knew each other. Each node that
 * merges another's snapshot chooses one by itself, and where three meet they may choose otherwise:
 * so who had to choose writes the key once more when all have met, like a client would, and the
 * last one counts. May be used by any thread.
 */
public final class Contested implements Chore {
  private static final int AT_ONCE = 16;

  /** Who cannot be met for so long has to do without. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Set<DbKey> keys = new LinkedHashSet<>();
  private final Peers peers;
  private long sinceNanos;

  /** Whom this node meets. */
  public interface Peers {
    /** True while the snapshot of one that can be reached is merged. */
    boolean isAnyMerging();

    /** True if nothing is to be merged any more. */
    boolean areAllMet();
  }

  /** Starts without any keys. */
  public Contested(Peers peers) {
    this.peers = peers;
  }

  synchronized void add(DbKey key) {
    sinceNanos = System.nanoTime();
    keys.add(key);
  }

  /** What is written before all have met may be lacking something of those who come later. */
  @Override
  public synchronized boolean isWaiting() {
    return !keys.isEmpty()
        && !peers.isAnyMerging()
        && (peers.areAllMet() || System.nanoTime() - sinceNanos > LONGEST_WAIT_NANOS);
  }

  @Override
  public void run(ApplyConnection connection) throws IOException {
    for (DbKey key : next()) {
      if (write(connection.server(), key)) {
        settled(key);
      }
    }
  }

  private synchronized List<DbKey> next() {
    List<DbKey> next = new ArrayList<>();
    for (Iterator<DbKey> all = keys.iterator(); all.hasNext() && next.size() < AT_ONCE; ) {
      next.add(all.next());
    }
    return next;
  }

  private synchronized void settled(DbKey key) {
    keys.remove(key);
  }

  /** False if a client wrote meanwhile: the key is looked at again. */
  private static boolean write(ServerConnection server, DbKey key) throws IOException {
    byte[] name = key.key().raw();
    server.require("SELECT", Integer.toString(key.db()));
    server.require(new byte[][] {Text.bytes("WATCH"), name});
    Object payload = server.require(new byte[][] {Text.bytes("DUMP"), name});
    Object expiry = server.require(new byte[][] {Text.bytes("PEXPIRETIME"), name});
    boolean written = true;
    if (payload instanceof byte[] value) {
      server.require("MULTI");
      server.require(restore(name, value, expiry instanceof Long at ? Math.max(0, at) : 0));
      written = server.require("EXEC") != null;
    } else {
      server.require("UNWATCH");
    }
    server.require("SELECT", "0");
    return written;
  }

  private static byte[][] restore(byte[] name, byte[] payload, long expiryMillis) {
    return new byte[][] {
      Text.bytes("RESTORE"),
      name,
      Text.bytes(Long.toString(expiryMillis)),
      payload,
      Text.bytes("REPLACE"),
      Text.bytes("ABSTTL")
    };
  }
}
