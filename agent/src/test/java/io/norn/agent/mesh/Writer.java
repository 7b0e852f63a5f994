package io.norn.agent.mesh;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** One client that writes until told to stop, and remembers what its increments came to. */
final class Writer implements Callable<Writer.Result> {
  private static final String[] DATABASES = {"0", "0", "0", "3"};
  private static final int MOST_OWED = 50;

  private final ServerConnection server;
  private final Random random;
  private final Supplier<Write> writes;
  private final long nanosEach;
  private final BooleanSupplier isOver;
  private final Map<String, Long> sums = new HashMap<>();
  private String db = "0";
  private long commands;
  private long errors;

  /**
   * Prepares it.
   *
   * @param perSecond how many commands it sends at most
   */
  Writer(
      ServerConnection server,
      Random random,
      Supplier<Write> writes,
      int perSecond,
      BooleanSupplier isOver) {
    this.server = server;
    this.random = random;
    this.writes = writes;
    this.nanosEach = 1_000_000_000L / perSecond;
    this.isOver = isOver;
  }

  /**
   * What a client did.
   *
   * @param sums of acknowledged increments, by database and counter
   * @param commands sent
   * @param errors answered, such as for a wrong type
   * @param millis how long it took
   */
  record Result(Map<String, Long> sums, long commands, long errors, long millis) {}

  @Override
  public Result call() throws IOException {
    long started = System.nanoTime();
    try (server) {
      long begin = started;
      while (!isOver.getAsBoolean()) {
        begin = awaitTurn(begin);
        if (random.nextInt(10) == 0) {
          db = DATABASES[random.nextInt(DATABASES.length)];
          server.require("SELECT", db);
        }
        if (random.nextInt(12) == 0) {
          transaction();
        } else {
          Write write = writes.get();
          account(write, server.call(write.command()));
        }
      }
    }
    long millis = (System.nanoTime() - started) / 1_000_000;
    return new Result(sums, commands, errors, Math.max(1, millis));
  }

  /** What could not be sent in time because the machine is busy is not made up for in a burst. */
  private long awaitTurn(long begin) throws IOException {
    long now = System.nanoTime();
    long early = begin + commands * nanosEach - now;
    if (early > 1_000_000) {
      RealMesh.pause(early / 1_000_000);
    }
    return Math.max(begin, now - (commands + MOST_OWED) * nanosEach);
  }

  private void transaction() throws IOException {
    List<Write> inside = new ArrayList<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      inside.add(writes.get());
    }
    server.send("MULTI");
    for (Write write : inside) {
      server.send(write.command());
    }
    server.send("EXEC");
    List<Object> replies = server.receiveAll();
    if (!(replies.get(replies.size() - 1) instanceof List<?> results)) {
      throw new IOException("a transaction was not executed: " + replies);
    }
    for (int i = 0; i < inside.size(); i++) {
      account(inside.get(i), results.get(i));
    }
  }

  private void account(Write write, Object reply) throws IOException {
    commands++;
    if (reply instanceof ServerError error) {
      errors++;
      if (write.counter() != null) {
        throw new IOException(String.join(" ", write.command()) + ": " + error.message());
      }
    } else if (write.counter() != null) {
      sums.merge(db + " " + write.counter(), write.delta(), Long::sum);
    }
  }
}
