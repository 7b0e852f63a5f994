package io.norn.sim.mesh;

import io.norn.command.DbKey;
import io.norn.merge.MergeState;
import io.norn.sim.model.Text;
import io.norn.sim.world.SimConnection;
import io.norn.stream.TrimNotice;
import io.norn.window.Window.Score;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Writes again what the core is not sure of, times to live and scores, as the daemon does between
 * batches.
 */
final class Rewriter {
  private final MergeState state;
  private final Mutation mutation;
  private boolean isBusy;
  private long session;
  private String barrier = "";
  private Runnable whenSeen;
  private long barriers;

  Rewriter(MergeState state, Mutation mutation) {
    this.state = state;
    this.mutation = mutation;
  }

  boolean isBusy() {
    return isBusy;
  }

  /** Nothing to write and nothing on its way. */
  boolean isIdle() {
    return !isBusy && !state.window().isUnsure() && state.window().streams().trimmed().isEmpty();
  }

  /** The connection broke. */
  void reset() {
    isBusy = false;
    barrier = "";
    session++;
  }

  /** False if there is nothing to do. */
  boolean begin(SimConnection connection, Runnable onDone) {
    if (!state.window().unsureExpiries().isEmpty()) {
      DbKey key = state.window().unsureExpiries().iterator().next();
      start(connection, new ExpiryTask(state, key), onDone);
    } else if (!state.window().unsureScores().isEmpty()) {
      start(
          connection,
          new ScoreTask(state, state.window().unsureScores().iterator().next()),
          onDone);
    } else if (!state.window().streams().trimmed().isEmpty()) {
      tellTrim(connection, state.window().streams().trimmed().iterator().next(), onDone);
    }
    return isBusy;
  }

  /** Said again as long as the own stream has not shown it. */
  private void tellTrim(SimConnection connection, DbKey key, Runnable onDone) {
    isBusy = true;
    barrier = "b trim " + ++barriers + " " + state.processed().offset();
    whenSeen = () -> tellTrimNow(connection, key, onDone);
    connection.send(
        Collections.singletonList(Text.command("SPUBLISH", "__norn", barrier)), replies -> {});
  }

  /** The own stream shows a message. */
  void message(String text) {
    if (text.equals(barrier)) {
      barrier = "";
      whenSeen.run();
    }
  }

  private void tellTrimNow(SimConnection connection, DbKey key, Runnable onDone) {
    long startedIn = session;
    List<byte[]> late =
        mutation == Mutation.TRIM_AS_FOUND
            ? List.of()
            : state.window().streams().cameSinceTrim(key);
    connection.send(
        List.of(
            Text.command("SELECT", Integer.toString(key.db())),
            TrimNotice.asCommand(key.db(), key.key().raw(), late),
            Text.command("SELECT", "0")),
        replies -> {
          if (session == startedIn) {
            isBusy = false;
            if (Long.valueOf(0).equals(replies.get(1))) {
              state.window().streams().gone(key);
            }
            onDone.run();
          }
        });
  }

  private void start(SimConnection connection, Task task, Runnable onDone) {
    isBusy = true;
    long startedIn = session;
    String name = Text.of(task.key().key().raw());
    connection.send(
        List.of(
            Text.command("SELECT", Integer.toString(task.key().db())),
            Text.command("WATCH", name),
            task.read(name)),
        replies -> {
          if (session == startedIn) {
            write(connection, task, task.writes(name, replies.get(2)), onDone);
          }
        });
  }

  private void write(SimConnection connection, Task task, List<byte[][]> writes, Runnable onDone) {
    List<byte[][]> commands = new ArrayList<>();
    commands.add(Text.command(writes.isEmpty() ? "UNWATCH" : "MULTI"));
    commands.addAll(writes);
    commands.add(Text.command(writes.isEmpty() ? "PING" : "EXEC"));
    commands.add(Text.command("SELECT", "0"));
    long startedIn = session;
    connection.send(
        commands,
        replies -> {
          if (session == startedIn) {
            isBusy = false;
            if (replies.get(commands.size() - 2) != null) {
              task.done();
            }
            onDone.run();
          }
        });
  }

  /** One thing to write again. */
  private interface Task {
    DbKey key();

    byte[][] read(String name);

    List<byte[][]> writes(String name, Object seen);

    void done();
  }

  private record ExpiryTask(MergeState state, DbKey key) implements Task {
    @Override
    public byte[][] read(String name) {
      return Text.command("PEXPIRETIME", name);
    }

    @Override
    public List<byte[][]> writes(String name, Object seen) {
      List<byte[][]> writes = new ArrayList<>();
      if ((long) seen > 0) {
        writes.add(Text.command("PEXPIREAT", name, seen.toString()));
      }
      return writes;
    }

    @Override
    public void done() {
      state.window().expirySure(key);
    }
  }

  private record ScoreTask(MergeState state, Score score) implements Task {
    @Override
    public DbKey key() {
      return score.key();
    }

    @Override
    public byte[][] read(String name) {
      return Text.command("ZSCORE", name, Text.of(score.member().name().raw()));
    }

    @Override
    public List<byte[][]> writes(String name, Object seen) {
      if (!(seen instanceof byte[] bytes)) {
        return List.of();
      }
      String member = Text.of(score.member().name().raw());
      String another = Text.of(bytes).equals("0") ? "1" : "0";
      return List.of(
          Text.command("ZADD", name, another, member),
          Text.command("ZADD", name, Text.of(bytes), member));
    }

    @Override
    public void done() {
      state.window().scoreSure(score);
    }
  }
}
