package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.server.ServerConnection;
import io.norn.stream.Text;
import io.norn.window.Window.Score;
import java.io.IOException;
import java.util.List;

/**
 * Writes scores again that may differ between nodes, because increments and bounds were executed in
 * different orders. They are written like a client would, so that they get a stamp and reach all.
 */
final class ScoreChore implements Chore {
  private static final int AT_ONCE = 64;

  private final NodeMonitor monitor;

  ScoreChore(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public boolean isWaiting() {
    return monitor.with(state -> !state.window().unsureScores().isEmpty());
  }

  @Override
  public void run(ApplyConnection connection) throws IOException {
    List<Score> scores =
        monitor.with(state -> state.window().unsureScores().stream().limit(AT_ONCE).toList());
    for (Score score : scores) {
      if (write(connection.server(), score)) {
        monitor.with(
            state -> {
              state.window().scoreSure(score);
              return null;
            });
      }
    }
  }

  /** False if a client wrote meanwhile: the score is looked at again. */
  private static boolean write(ServerConnection server, Score score) throws IOException {
    DbKey key = score.key();
    byte[] name = key.key().raw();
    byte[] member = score.member().name().raw();
    server.require("SELECT", Integer.toString(key.db()));
    server.require(new byte[][] {Text.bytes("WATCH"), name});
    Object seen = server.call(new byte[][] {Text.bytes("ZSCORE"), name, member});
    boolean written = true;
    if (seen instanceof byte[] value) {
      server.require("MULTI");
      server.require(zadd(name, another(value), member));
      server.require(zadd(name, value, member));
      written = server.require("EXEC") != null;
    } else {
      server.require("UNWATCH");
    }
    server.require("SELECT", "0");
    return written;
  }

  /** A score that is there already would change nothing, and then stand in no stream. */
  private static byte[] another(byte[] score) {
    return Text.bytes(Text.latin1(score).equals("0") ? "1" : "0");
  }

  private static byte[][] zadd(byte[] name, byte[] score, byte[] member) {
    return new byte[][] {Text.bytes("ZADD"), name, score, member};
  }
}
