package io.norn.sim.world;

import io.norn.sim.model.ModelConnection;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/**
 * A client's connection with latency: commands arrive in order, other clients' commands fall
 * between them, replies come back in order. When it breaks, what was in flight may still arrive,
 * but nobody hears of it.
 */
public final class SimConnection {
  private static final int MAX_GAP_MICROS = 150;

  private final EventQueue time;
  private final SimServer server;
  private final ModelConnection connection;
  private final Latency latency;
  private final Random random;
  private final ArrayDeque<Command> inFlight = new ArrayDeque<>();
  private long lastArrivalMicros;
  private long lastReplyMicros;
  private boolean isBroken;

  /** A new connection to a server. */
  public SimConnection(EventQueue time, SimServer server, Latency latency, Random random) {
    this.time = time;
    this.server = server;
    this.connection = server.model().connect();
    this.latency = latency;
    this.random = random;
  }

  /** Sends commands in one write; all their replies come together. */
  public void send(List<byte[][]> commands, Consumer<List<Object>> onReplies) {
    if (isBroken) {
      return;
    }
    Request request = new Request(commands.size(), onReplies);
    long arrival = Math.max(lastArrivalMicros, time.nowMicros() + latency.nextMicros());
    for (byte[][] command : commands) {
      inFlight.add(new Command(command, request));
      time.at(arrival, this::arrive);
      arrival += gapMicros();
    }
    lastArrivalMicros = arrival;
  }

  /** True after it broke; nothing is sent or heard any more. */
  public boolean isBroken() {
    return isBroken;
  }

  /** Breaks: some of what was sent is lost, the rest arrives by itself, perhaps much later. */
  public void breakOff(long lingerMicros) {
    if (isBroken) {
      return;
    }
    isBroken = true;
    int arriving = random.nextInt(3) == 0 ? random.nextInt(inFlight.size() + 1) : inFlight.size();
    while (inFlight.size() > arriving) {
      inFlight.removeLast();
    }
    time.after(lingerMicros, this::arriveAll);
  }

  /** Closes at once; nothing in flight arrives. */
  public void close() {
    isBroken = true;
    inFlight.clear();
    connection.close();
  }

  /** Mostly next to nothing, sometimes long enough for others to come between. */
  private long gapMicros() {
    return random.nextInt(6) == 0 ? random.nextInt(MAX_GAP_MICROS) : 0;
  }

  private void arrive() {
    if (!isBroken) {
      Command command = inFlight.remove();
      command.request().add(server.execute(connection, command.words()));
      if (command.request().isComplete()) {
        reply(command.request());
      }
    }
  }

  private void arriveAll() {
    while (!inFlight.isEmpty()) {
      server.execute(connection, inFlight.remove().words());
    }
    connection.close();
  }

  private void reply(Request request) {
    lastReplyMicros = Math.max(lastReplyMicros, time.nowMicros() + latency.nextMicros());
    time.at(
        lastReplyMicros,
        () -> {
          if (!isBroken) {
            request.onReplies().accept(request.replies());
          }
        });
  }

  private record Command(byte[][] words, Request request) {}

  private record Request(int expected, Consumer<List<Object>> onReplies, List<Object> replies) {
    Request(int expected, Consumer<List<Object>> onReplies) {
      this(expected, onReplies, new ArrayList<>());
    }

    void add(Object reply) {
      replies.add(reply);
    }

    boolean isComplete() {
      return replies.size() == expected;
    }
  }
}
