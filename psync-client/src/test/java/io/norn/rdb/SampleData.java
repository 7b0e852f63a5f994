package io.norn.rdb;

import io.norn.server.ServerConnection;
import io.norn.server.ServerError;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Keys of all types and encodings, small and large. */
final class SampleData {
  private static final int LARGE = 700;

  private final ServerConnection server;
  private final Random random;

  SampleData(ServerConnection server, long seed) {
    this.server = server;
    this.random = new Random(seed);
  }

  /** Writes ten keys for each round; every hundredth round has large ones. */
  void fill(int rounds) throws IOException {
    if (canExpireFields(server)) {
      writeExpiringFields();
    }
    for (int i = 0; i < rounds; i++) {
      write(i, i % 100 == 0 ? LARGE : 1 + random.nextInt(8));
      if (i % 50 == 49) {
        flush();
      }
    }
    server.send("SELECT", "5");
    server.send("SET", "in:another:database", "x");
    server.send("SELECT", "0");
    server.send(
        "FUNCTION",
        "LOAD",
        "#!lua name=lib\nredis.register_function('f', function() return 1 end)");
    flush();
  }

  /** Valkey 9 and later. */
  static boolean canExpireFields(ServerConnection server) throws IOException {
    List<?> known = (List<?>) server.require("COMMAND", "INFO", "HPEXPIREAT");
    return known.get(0) != null;
  }

  private void writeExpiringFields() throws IOException {
    server.send("HSET", "fields", "f0", "0", "f1", "1", "none", "2");
    server.send("HPEXPIREAT", "fields", "4102444800000", "FIELDS", "1", "f0");
    server.send("HPEXPIREAT", "fields", "4102444800001", "FIELDS", "1", "f1");
  }

  private void flush() throws IOException {
    for (Object reply : server.receiveAll()) {
      if (reply instanceof ServerError error) {
        throw new IOException(error.message());
      }
    }
  }

  private void write(int number, int size) throws IOException {
    server.send("SET", "int:" + number, Long.toString(random.nextLong() >> random.nextInt(64)));
    server.send("SET", "text:" + number, "abc".repeat(size) + random.nextInt());
    server.send("SET", "ttl:" + number, "x", "PXAT", Long.toString(4102444800000L + number));
    server.send("PFADD", "hll:" + number, "a" + number, "b");
    for (int i = 0; i < size; i++) {
      String element = i % 3 == 0 ? Integer.toString(random.nextInt()) : "e" + i;
      server.send("HSET", "hash:" + number, element, "value " + i);
      server.send("SADD", "set:" + number, element);
      server.send("SADD", "ints:" + number, Long.toString(random.nextLong() >> random.nextInt(64)));
      server.send("ZADD", "zset:" + number, score(), element);
      server.send("RPUSH", "list:" + number, element + "x".repeat(i % 7 * 100));
      server.send("XADD", "stream:" + number, (i + 1) + "-1", "field", element);
    }
    server.send("XGROUP", "CREATE", "stream:" + number, "group", "0");
    server.send(
        "XREADGROUP", "GROUP", "group", "me", "COUNT", "2", "STREAMS", "stream:" + number, ">");
  }

  private String score() {
    return switch (random.nextInt(5)) {
      case 0 -> "inf";
      case 1 -> "-inf";
      case 2 -> Integer.toString(random.nextInt());
      default -> Double.toString(random.nextGaussian() * Math.pow(10, random.nextInt(40) - 20));
    };
  }
}
