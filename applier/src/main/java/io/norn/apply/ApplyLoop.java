package io.norn.apply;

import io.norn.contest.Contests;
import io.norn.merge.OwedField;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The one writer of a node: a thread that applies what the peers' streams bring to the local
 * server, and connects again when it must.
 */
public final class ApplyLoop implements Closeable {
  private static final long RECONNECT_MILLIS = 200;
  private static final long BUG_PAUSE_MILLIS = 2000;
  private static final long CLOSE_MILLIS = 2000;

  private final Endpoint local;
  private final NodeMonitor monitor;
  private final ApplySettings settings;
  private final ApplyCounters counters;
  private final Chores chores = new Chores();
  private final OwedChore owedChore;
  private final Ledger ledger;
  private final Thread thread;
  private volatile ServerConnection current;

  /**
   * Prepares it.
   *
   * @param intents holds what an agent before this one may have left unfinished
   * @param onContests is told, by the thread that applies, what was decided against what
   */
  public ApplyLoop(
      Endpoint local,
      NodeMonitor monitor,
      ApplySettings settings,
      Intents intents,
      Consumer<Contests> onContests) {
    this.counters = new ApplyCounters(onContests);
    this.local = local;
    this.monitor = monitor;
    this.settings = settings;
    chores.add(new VectorChore(monitor));
    chores.add(new ExpiryChore(monitor));
    chores.add(new ScoreChore(monitor));
    chores.add(new RepairChore(monitor, counters));
    chores.add(new TrimChore(monitor));
    chores.add(new GroupChore(monitor));
    chores.add(new StateChore(monitor, counters));
    this.ledger = new Ledger(intents, counters.owed(), monitor);
    this.owedChore = new OwedChore(monitor, counters.owed(), ledger);
    chores.add(owedChore);
    this.thread = new Thread(this::run, "apply");
  }

  /**
   * Goes on asking for what failed before; to be called before {@link #start}.
   *
   * @param owed by node, as the server holds it
   */
  public void resume(Map<String, OwedField> owed) {
    owedChore.load(owed);
    ledger.load();
  }

  /** Adds something to be done between batches. */
  public void add(Chore chore) {
    chores.add(chore);
    monitor.poke();
  }

  public ApplyCounters counters() {
    return counters;
  }

  public void start() {
    thread.start();
  }

  private void run() {
    try {
      while (!Thread.currentThread().isInterrupted()) {
        runSession();
        Thread.sleep(RECONNECT_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * One connection's life. After it broke, the next one finds out behind a barrier what was still
   * executed.
   */
  private void runSession() throws InterruptedException {
    try (ServerConnection server = ServerConnection.open(local)) {
      current = server;
      ApplyConnection connection = new ApplyConnection(server, monitor, settings);
      new ApplySession(monitor, connection, settings, counters, chores, ledger).run();
    } catch (RuntimeException e) {
      Obstacle.LOG.error("Applying failed, which is a bug; trying again", e);
      counters.obstacle("bug: " + e);
      Thread.sleep(BUG_PAUSE_MILLIS);
    } catch (IOException e) {
      if (!Thread.currentThread().isInterrupted()) {
        if (counters.obstacle().isEmpty()) {
          Obstacle.LOG.warn("Applying waits: {}", e.getMessage());
        }
        counters.obstacle(e.getMessage());
      }
    }
  }

  /**
   * Stops after at most two seconds; what was sent is executed or not, and found out at the next
   * start.
   */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(CLOSE_MILLIS / 2);
      ServerConnection server = current;
      if (thread.isAlive() && server != null) {
        server.close();
        thread.join(CLOSE_MILLIS / 2);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
