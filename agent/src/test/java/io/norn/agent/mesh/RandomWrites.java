package io.norn.agent.mesh;

import java.util.Random;

/** Random commands on few keys: four of five keys keep mostly to one type, the fifth to none. */
final class RandomWrites {
  private static final int TYPES = 4;
  private static final int ELEMENTS = 6;
  private static final long FAR_MILLIS = 3_600_000;
  private static final String SET_AND_COUNT =
      "redis.call('SET', KEYS[1], ARGV[1]); return redis.call('INCRBY', KEYS[2], ARGV[2])";
  private static final String FIELD_AND_COUNT =
      "redis.pcall('hset', KEYS[1], 'f1', ARGV[1]); return redis.call('incrby', KEYS[2], ARGV[2])";

  private final Random random;
  private final int keys;
  private final int counters;

  /** Commands on that many keys, and on some counters beside them. */
  RandomWrites(Random random, int keys) {
    this.random = random;
    this.keys = keys;
    this.counters = Math.max(2, Math.min(50, keys / 10));
  }

  Write next() {
    return switch (random.nextInt(20)) {
      case 0, 1, 2 -> count();
      case 3 -> greater();
      case 4 -> Write.of("MSET", key(), value(), key(), value(), key(), value());
      case 5 -> script();
      default -> onKey(random.nextInt(keys));
    };
  }

  private Write onKey(int number) {
    int usual = number % (TYPES + 1);
    int type = usual == TYPES || random.nextInt(30) == 0 ? random.nextInt(TYPES) : usual;
    String key = "k" + number;
    if (random.nextInt(8) == 0) {
      return generic(key);
    }
    return switch (type) {
      case 0 -> string(key);
      case 1 -> hash(key);
      case 2 -> set(key);
      default -> sortedSet(key);
    };
  }

  private Write generic(String key) {
    return switch (random.nextInt(7)) {
      case 0, 1 -> Write.of("DEL", key, key());
      case 2 -> Write.of("UNLINK", key);
      case 3 -> Write.of("EXPIRE", key, Long.toString(1000 + random.nextInt(5000)));
      case 4 -> Write.of("PEXPIREAT", key, Long.toString(farMillis()));
      default -> Write.of("PERSIST", key);
    };
  }

  private Write string(String key) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> Write.of("SET", key, value());
      case 2 -> Write.of("SET", key, value(), "PX", Long.toString(FAR_MILLIS));
      case 3 -> Write.of("SETNX", key, value());
      case 4 -> Write.of("GETSET", key, value());
      case 5 -> Write.of("DECR", key);
      case 6 -> Write.of("SET", key, value(), "KEEPTTL");
      default -> Write.of("INCRBY", key, number());
    };
  }

  private Write hash(String key) {
    return switch (random.nextInt(7)) {
      case 0, 1 -> Write.of("HSET", key, element(), value(), element(), value());
      case 2 -> Write.of("HDEL", key, element(), element());
      case 3 -> Write.of("HSETNX", key, element(), value());
      default -> Write.of("HINCRBY", key, element(), number());
    };
  }

  private Write set(String key) {
    return switch (random.nextInt(6)) {
      case 0, 1, 2 -> Write.of("SADD", key, element(), element());
      case 3 -> Write.of("SPOP", key);
      case 4 -> Write.of("SPOP", key, "2");
      default -> Write.of("SREM", key, element(), element());
    };
  }

  private Write sortedSet(String key) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> Write.of("ZADD", key, score(), element(), score(), element());
      case 2 -> Write.of("ZREM", key, element());
      case 3 -> Write.of("ZADD", key, "INCR", score(), element());
      default -> Write.of("ZINCRBY", key, score(), element());
    };
  }

  /** {@code GT} alone on its keys: with sums between them the order would matter. */
  private Write greater() {
    String key = "gt" + random.nextInt(counters);
    return random.nextInt(10) == 0
        ? Write.of("ZREM", key, element())
        : Write.of("ZADD", key, "GT", score(), element());
  }

  private Write count() {
    String key = counter();
    int delta = 1 + random.nextInt(100);
    return switch (random.nextInt(4)) {
      case 0 -> new Write(key, 1, "INCR", key);
      case 1 -> new Write(key, -1, "DECR", key);
      case 2 -> new Write(key, -delta, "DECRBY", key, Integer.toString(delta));
      default -> new Write(key, delta, "INCRBY", key, Integer.toString(delta));
    };
  }

  private Write script() {
    String key = counter();
    int delta = 1 + random.nextInt(9);
    String text = random.nextBoolean() ? SET_AND_COUNT : FIELD_AND_COUNT;
    return new Write(key, delta, "EVAL", text, "2", key(), key, value(), Integer.toString(delta));
  }

  private String counter() {
    return "counter" + random.nextInt(counters);
  }

  private String key() {
    return "k" + random.nextInt(keys);
  }

  private String element() {
    return "f" + random.nextInt(ELEMENTS);
  }

  private String value() {
    return Integer.toString(random.nextInt(1_000_000));
  }

  private String number() {
    return Integer.toString(random.nextInt(200) - 100);
  }

  /** Fractions that no sum rounds. */
  private String score() {
    return Double.toString((random.nextInt(800) - 400) / 4.0);
  }

  private long farMillis() {
    return System.currentTimeMillis() + FAR_MILLIS + random.nextInt(1_000_000);
  }
}
