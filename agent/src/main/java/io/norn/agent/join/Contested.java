package io.norn.agent.join;

import io.norn.apply.ApplyConnection;
import io.norn.apply.Chore;
import io.norn.apply.NodeMonitor;
import io.norn.command.DbKey;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Keys of which several servers held different values before they knew each other. Each node that
 * merges another's snapshot chooses one by itself, and where three meet they may choose otherwise:
 * so who had to choose publishes the state of the key when all have met, and the last one counts.
 * May be used by any thread.
 */
public final class Contested implements Chore {
  private static final int AT_ONCE = 64;

  /** Who cannot be met for so long has to do without. */
  private static final long LONGEST_WAIT_NANOS = TimeUnit.SECONDS.toNanos(60);

  private final Set<DbKey> keys = new LinkedHashSet<>();
  private final NodeMonitor monitor;
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
  public Contested(NodeMonitor monitor, Peers peers) {
    this.monitor = monitor;
    this.peers = peers;
  }

  synchronized void add(DbKey key) {
    sinceNanos = System.nanoTime();
    keys.add(key);
  }

  /** What is written before all have met may be lacking something of those who come later. */
  @Override
  public boolean isWaiting() {
    return hasKeys() && monitor.with(state -> state.window().unordered().cases().size() < AT_ONCE);
  }

  private synchronized boolean hasKeys() {
    return !keys.isEmpty()
        && !peers.isAnyMerging()
        && (peers.areAllMet() || System.nanoTime() - sinceNanos > LONGEST_WAIT_NANOS);
  }

  /** The states are published by a chore of their own. */
  @Override
  public void run(ApplyConnection connection) {
    List<DbKey> next = next();
    monitor.with(
        state -> {
          next.forEach(key -> state.window().unordered().choose(key, state.ownStream()));
          return null;
        });
  }

  private synchronized List<DbKey> next() {
    List<DbKey> next = new ArrayList<>();
    for (Iterator<DbKey> all = keys.iterator(); all.hasNext() && next.size() < AT_ONCE; ) {
      next.add(all.next());
      all.remove();
    }
    return next;
  }
}
