package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.merge.Publications;
import io.norn.stream.PublishedState;
import io.norn.stream.StateQuestion;
import io.norn.stream.Text;
import java.io.IOException;

/**
 * Publishes the states of keys on which nodes may differ, and asks for those that other nodes
 * should publish.
 */
final class StateChore implements Chore {
  private static final int AT_ONCE = 16;
  private static final long LOOK_AGAIN_MILLIS = 10;
  private static final byte[] ABSENT = new byte[0];

  private final NodeMonitor monitor;
  private final ApplyCounters counters;
  private long nextLookMillis;

  StateChore(NodeMonitor monitor, ApplyCounters counters) {
    this.monitor = monitor;
    this.counters = counters;
  }

  @Override
  public boolean isWaiting() {
    return System.currentTimeMillis() >= nextLookMillis
        && monitor.with(state -> state.publications().isWaiting());
  }

  @Override
  public long nextMillis() {
    return monitor.with(state -> state.publications().isWaiting())
        ? LOOK_AGAIN_MILLIS
        : Long.MAX_VALUE;
  }

  @Override
  public void run(ApplyConnection connection) throws IOException, InterruptedException {
    long nowMillis = System.currentTimeMillis();
    Publications.Due due = monitor.with(state -> state.publications().due(nowMillis, AT_ONCE));
    for (StateQuestion question : due.ask()) {
      connection.server().require(question.asMessage());
    }
    for (DbKey key : due.publish()) {
      publish(connection, key);
    }
    if (due.publish().isEmpty()) {
      nextLookMillis = System.currentTimeMillis() + LOOK_AGAIN_MILLIS;
    }
  }

  private void publish(ApplyConnection connection, DbKey key)
      throws IOException, InterruptedException {
    byte[] name = key.key().raw();
    Commands reads = new Commands();
    reads.select(key.db());
    int dumpAt = reads.size();
    reads.add(new byte[][] {Text.bytes("DUMP"), name});
    reads.add(new byte[][] {Text.bytes("PEXPIRETIME"), name});
    long[] bytes = new long[1];
    boolean published =
        connection.publish(
            key,
            reads.finish(),
            replies -> {
              byte[] payload = replies.get(dumpAt) instanceof byte[] dump ? dump : ABSENT;
              long expiryMillis = replies.get(dumpAt + 1) instanceof Long at ? at : 0;
              bytes[0] = payload.length;
              return new PublishedState(key.db(), name, expiryMillis, payload).asMessage();
            });
    monitor.with(state -> tried(state.publications(), key, bytes[0], published));
  }

  private Void tried(Publications publications, DbKey key, long bytes, boolean published) {
    publications.tried(key, bytes, System.currentTimeMillis());
    if (published) {
      publications.answered(key);
      counters.published.increment();
    }
    return null;
  }
}
