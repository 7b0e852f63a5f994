package io.norn.sim.mesh;

import io.norn.command.DbKey;
import io.norn.merge.MergeState;
import io.norn.merge.Publications;
import io.norn.sim.model.Text;
import io.norn.sim.world.SimConnection;
import io.norn.stream.PublishedState;
import io.norn.stream.StateQuestion;
import java.util.ArrayList;
import java.util.List;

/** Publishes the states of unsettled keys, and asks for them, as the daemon's chore does. */
final class Publisher {
  private final MergeState state;
  private DbKey key;
  private String barrier;
  private boolean isBarrierSeen;
  private List<Object> replies;
  private boolean isExecuting;
  private long session;

  Publisher(MergeState state) {
    this.state = state;
  }

  boolean isBusy() {
    return key != null;
  }

  boolean isIdle() {
    return !isBusy() && !state.publications().isWaiting();
  }

  /** The connection broke. */
  void reset() {
    key = null;
    replies = null;
    isExecuting = false;
    session++;
  }

  /** False if there is nothing to publish now. */
  boolean begin(SimConnection connection, long nowMillis, String nextBarrier, Runnable onMoved) {
    if (!state.publications().isWaiting()) {
      return false;
    }
    Publications.Due due = state.publications().due(nowMillis, 1);
    List<byte[][]> questions = due.ask().stream().map(StateQuestion::asMessage).toList();
    if (!questions.isEmpty()) {
      connection.send(questions, answers -> {});
    }
    if (due.publish().isEmpty()) {
      return false;
    }
    key = due.publish().get(0);
    barrier = nextBarrier;
    isBarrierSeen = false;
    replies = null;
    watch(connection, onMoved);
    return true;
  }

  private void watch(SimConnection connection, Runnable onMoved) {
    String name = Text.of(key.key().raw());
    long startedIn = session;
    connection.send(
        List.of(
            Text.command("WATCH", "__norn:v"),
            Text.command("SELECT", Integer.toString(key.db())),
            Text.command("WATCH", name),
            Text.command("DUMP", name),
            Text.command("PEXPIRETIME", name),
            Text.command("SELECT", "0"),
            Text.command("SPUBLISH", "__norn", barrier)),
        answers -> {
          if (session == startedIn) {
            replies = answers;
            onMoved.run();
          }
        });
  }

  void message(String text) {
    isBarrierSeen |= text.equals(barrier);
  }

  /** Goes on when the reads are answered and fenced. */
  void moved(SimConnection connection, long nowMillis, Runnable onMoved) {
    if (key == null || replies == null || !isBarrierSeen || isExecuting) {
      return;
    }
    if (!state.publications().mayStillPublish(key, nowMillis)) {
      connection.send(List.<byte[][]>of(Text.command("UNWATCH")), answers -> {});
      finished(false, nowMillis);
      return;
    }
    isExecuting = true;
    byte[] payload = replies.get(3) instanceof byte[] dump ? dump : new byte[0];
    long expiryMillis = Math.max(0, (long) replies.get(4));
    PublishedState published = new PublishedState(key.db(), key.key().raw(), expiryMillis, payload);
    List<byte[][]> commands = new ArrayList<>();
    commands.add(Text.command("MULTI"));
    commands.add(published.asMessage());
    commands.add(Text.command("EXEC"));
    long startedIn = session;
    connection.send(
        commands,
        answers -> {
          if (session == startedIn) {
            finished(answers.get(2) != null, nowMillis);
            onMoved.run();
          }
        });
  }

  private void finished(boolean isPublished, long nowMillis) {
    state.publications().tried(key, 0, nowMillis);
    if (isPublished) {
      state.publications().answered(key);
    }
    reset();
  }
}
