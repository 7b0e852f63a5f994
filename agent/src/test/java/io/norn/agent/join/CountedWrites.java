package io.norn.agent.join;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

/**
 * A client that counts and notes each count in one transaction, and remembers those of which its
 * server said that a replica has them: the agent is the only one. It connects again when it must.
 */
final class CountedWrites implements Closeable {
  static final String COUNTER = "counter";
  static final String NOTES = "notes";
  private static final long PAUSE_MILLIS = 20;

  private final String name;
  private final ServerProcess server;
  private final Set<String> safe = new ConcurrentSkipListSet<>();
  private final Thread thread;
  private volatile boolean stopped;
  private long number;

  CountedWrites(String name, ServerProcess server) {
    this.name = name;
    this.server = server;
    this.thread = new Thread(this::run, "writer-" + name);
    thread.start();
  }

  private void run() {
    while (!stopped) {
      try (ServerConnection connection = server.connect()) {
        while (!stopped) {
          write(connection, name + ":" + number++);
        }
      } catch (IOException e) {
        pause();
      }
    }
  }

  private void write(ServerConnection connection, String note) throws IOException {
    connection.send("MULTI");
    connection.send("INCR", COUNTER);
    connection.send("SADD", NOTES, note);
    connection.send("EXEC");
    connection.send("WAIT", "1", "200");
    List<Object> replies = connection.receiveAll();
    boolean isExecuted = replies.get(3) instanceof List<?>;
    if (isExecuted && Long.valueOf(1).equals(replies.get(4))) {
      safe.add(note);
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many are safe by now. */
  int count() {
    return safe.size();
  }

  /** Those that are safe. */
  Set<String> safe() {
    return safe;
  }

  /** Writes no more. */
  void stop() {
    stopped = true;
    try {
      thread.join(10_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
