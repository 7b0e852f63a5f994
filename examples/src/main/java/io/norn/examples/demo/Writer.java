package io.norn.examples.demo;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/**
 * One client of one server, which does what sites do: it renews sessions, fills carts, tags, counts
 * visits and keeps score. All writers use the same few keys, so they meet.
 */
final class Writer {
  private static final int SESSIONS = 300;
  private static final int KEYS_OF_A_TYPE = 20;
  private static final int ELEMENTS = 12;
  private static final int SESSION_SECONDS = 3_600;

  private final ServerConnection connection;
  private final Random random;
  private final String name;
  private long writes;
  private long increments;

  Writer(ServerConnection connection, String name, long seed) {
    this.connection = connection;
    this.name = name;
    this.random = new Random(seed);
  }

  /** Writes a number of times in one go. */
  void write(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      connection.send(next());
    }
    for (Object reply : connection.receiveAll()) {
      if (reply instanceof ServerError error) {
        throw new IOException(connection.endpoint() + ": " + error.message());
      }
    }
    writes += count;
  }

  long writes() {
    return writes;
  }

  /** By how much it has increased the visit counters in total. */
  long increments() {
    return increments;
  }

  private String[] next() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> set();
      case 3, 4 -> expiringSet();
      case 5, 6, 7, 8 -> increment();
      case 9, 10, 11 -> command("HSET", "cart", "item", Integer.toString(random.nextInt(100)));
      case 12 -> command("HDEL", "cart", "item");
      case 13, 14 -> command("SADD", "tags", "tag");
      case 15 -> command("SREM", "tags", "tag");
      case 16 -> score("ZADD");
      case 17 -> score("ZINCRBY");
      default -> delete();
    };
  }

  private String[] set() {
    return new String[] {"SET", session(), name + "-" + writes + "-" + random.nextInt(1_000_000)};
  }

  private String[] expiringSet() {
    String value = name + "-" + random.nextInt(1_000_000);
    return new String[] {"SET", session(), value, "EX", Integer.toString(SESSION_SECONDS)};
  }

  private String[] increment() {
    int by = 1 + random.nextInt(3);
    increments += by;
    return new String[] {"INCRBY", key(Visits.PREFIX), Integer.toString(by)};
  }

  private String[] score(String command) {
    String score = Integer.toString(random.nextInt(100));
    return new String[] {command, key("board"), score, "player:" + random.nextInt(ELEMENTS)};
  }

  private String[] delete() {
    String key = List.of(session(), key("cart"), key("tags"), key("board")).get(random.nextInt(4));
    return new String[] {"DEL", key};
  }

  private String[] command(String command, String prefix, String element, String... value) {
    String named = element + ":" + random.nextInt(ELEMENTS);
    return value.length == 0
        ? new String[] {command, key(prefix), named}
        : new String[] {command, key(prefix), named, value[0]};
  }

  private String session() {
    return "session:" + random.nextInt(SESSIONS);
  }

  private String key(String prefix) {
    return prefix + ":" + random.nextInt(KEYS_OF_A_TYPE);
  }
}
