package io.norn.agent.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The last minutes of each peer, for the status page. May be used by any thread. */
public final class History {
  private static final int MAX_POINTS = 300;

  private final Map<String, Deque<Point>> peers = new LinkedHashMap<>();

  /**
   * One second.
   *
   * @param atMillis since the epoch
   * @param lagMillis how far behind the peer this node was; -1 if unknown
   * @param commandsPerSecond that came from it
   */
  public record Point(long atMillis, long lagMillis, double commandsPerSecond) {}

  /** Takes what the status says, rates among it. */
  synchronized void sample(long nowMillis, Map<String, Map<String, String>> status) {
    Map<String, Map<String, String>> now = Sections.peers(status);
    peers.keySet().retainAll(now.keySet());
    now.forEach(
        (address, fields) -> {
          Deque<Point> points = peers.computeIfAbsent(address, key -> new ArrayDeque<>());
          points.addLast(point(nowMillis, fields));
          if (points.size() > MAX_POINTS) {
            points.removeFirst();
          }
        });
  }

  private static Point point(long nowMillis, Map<String, String> fields) {
    return new Point(
        nowMillis,
        (long) Sections.number(fields, "lag_millis").orElse(-1),
        Sections.number(fields, "received_commands_per_second").orElse(0));
  }

  /** All points by address of the peer, oldest first. */
  public synchronized Map<String, List<Point>> points() {
    Map<String, List<Point>> copy = new LinkedHashMap<>();
    peers.forEach((address, points) -> copy.put(address, List.copyOf(points)));
    return copy;
  }
}
