package io.norn.agent.mesh;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerProcess;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;

/** Clients that push unique elements to one list and pop them, and what they know of it. */
final class ListQueue implements Closeable {
  static final String NAME = "jobs";
  private static final long PAUSE_MILLIS = 10;

  /** Pops by which the list is introduced. */
  static final int ROUNDS = 20;

  private final Set<String> pushed = ConcurrentHashMap.newKeySet();
  private final Map<String, LongAdder> consumed = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Exception> failures = new ConcurrentLinkedQueue<>();
  private final List<Thread> clients = new ArrayList<>();
  private volatile boolean stopped;

  /**
   * Agents tell what pops take of a list only when they have seen it for some milliseconds. What is
   * pushed here is judged as all else: the other site's clients may take it before its pop comes.
   */
  void introduce(ServerProcess server) throws IOException, InterruptedException {
    try (ServerConnection connection = server.connect()) {
      for (int i = 0; i < ROUNDS; i++) {
        push(connection, "first-" + i);
        Thread.sleep(PAUSE_MILLIS);
        pop(connection);
      }
    }
  }

  /** Starts that many producers and that many consumers. */
  void start(ServerProcess server, int site, int each) {
    for (int i = 0; i < each; i++) {
      String prefix = site + "-" + i + "-";
      start(server, (connection, round) -> push(connection, prefix + round));
      start(server, (connection, round) -> pop(connection));
    }
  }

  private interface Act {
    void on(ServerConnection connection, int round) throws IOException;
  }

  private void start(ServerProcess server, Act act) {
    Thread client = new Thread(() -> run(server, act), "client of the queue");
    clients.add(client);
    client.start();
  }

  private void run(ServerProcess server, Act act) {
    try (ServerConnection connection = server.connect()) {
      for (int round = 0; !stopped; round++) {
        act.on(connection, round);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (IOException | RuntimeException e) {
      failures.add(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void push(ServerConnection connection, String element) throws IOException {
    connection.require("RPUSH", NAME, element);
    pushed.add(element);
  }

  /** False if there was nothing. */
  private boolean pop(ServerConnection connection) throws IOException {
    String element = connection.requireText("LPOP", NAME);
    if (!element.isEmpty()) {
      consumed.computeIfAbsent(element, e -> new LongAdder()).increment();
    }
    return !element.isEmpty();
  }

  /** Waits until all clients have ended. */
  void stop() throws InterruptedException {
    stopped = true;
    for (Thread client : clients) {
      client.join();
    }
  }

  /** Consumes what is left. */
  void drain(ServerProcess server) throws IOException {
    try (ServerConnection connection = server.connect()) {
      boolean goesOn = true;
      while (goesOn) {
        goesOn = pop(connection);
      }
    }
  }

  Set<String> pushed() {
    return pushed;
  }

  Set<String> consumed() {
    return consumed.keySet();
  }

  List<Exception> failures() {
    return List.copyOf(failures);
  }

  @Override
  public void close() {
    stopped = true;
    clients.forEach(Thread::interrupt);
  }

  @Override
  public String toString() {
    long twice = consumed.values().stream().filter(count -> count.sum() > 1).count();
    return "%d elements of a list pushed, %d consumed, %d (%.1f %%) more than once"
        .formatted(
            pushed.size(), consumed.size(), twice, 100.0 * twice / Math.max(1, pushed.size()));
  }
}
