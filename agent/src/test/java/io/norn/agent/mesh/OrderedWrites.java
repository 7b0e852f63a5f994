package io.norn.agent.mesh;

import java.util.Random;

/**
 * Random commands whose order matters, or that make one key of others: lists, streams with groups,
 * HyperLogLogs, parts of strings, sorted sets that are popped, stores and renames.
 */
final class OrderedWrites {
  private static final int ELEMENTS = 6;
  private static final int BITS = 40;

  private final Random random;
  private final int keys;

  /** Commands on that many keys of each kind. */
  OrderedWrites(Random random, int keys) {
    this.random = random;
    this.keys = Math.max(1, keys / 6);
  }

  Write next() {
    return switch (random.nextInt(8)) {
      case 0, 1 -> list(key("l"));
      case 2 -> stream(key("x"));
      case 3 -> group(key("x"));
      case 4 -> text(key("a"));
      case 5 -> sortedSet(key("z"));
      case 6 -> generic();
      default -> store();
    };
  }

  private Write list(String key) {
    return switch (random.nextInt(12)) {
      case 0, 1 -> Write.of("LPUSH", key, value());
      case 2, 3 -> Write.of("RPUSH", key, value(), value());
      case 4 -> Write.of("LPOP", key);
      case 5 -> Write.of("RPOP", key, "2");
      case 6 -> Write.of("LREM", key, "1", value());
      case 7 -> Write.of("LTRIM", key, "0", "30");
      case 8 -> Write.of("LINSERT", key, "BEFORE", value(), value());
      case 9 -> Write.of("LSET", key, "0", value());
      case 10 -> Write.of("RPOPLPUSH", key, key("l"));
      default -> Write.of("LMOVE", key, key("l"), "LEFT", "RIGHT");
    };
  }

  private Write stream(String key) {
    return switch (random.nextInt(8)) {
      case 0 -> Write.of("XTRIM", key, "MAXLEN", "20");
      case 1 -> Write.of("XADD", key, "MAXLEN", "20", "*", "f", value());
      case 2 -> Write.of("XDEL", key, "1-1");
      default -> Write.of("XADD", key, "*", "f", value());
    };
  }

  private Write group(String key) {
    return switch (random.nextInt(5)) {
      case 0 -> Write.of("XGROUP", "CREATE", key, "g", "0", "MKSTREAM");
      case 1 -> Write.of("XGROUP", "DESTROY", key, "g");
      case 2 -> Write.of("XAUTOCLAIM", key, "g", "other", "0", "0", "COUNT", "2");
      default -> Write.of("XREADGROUP", "GROUP", "g", "c", "COUNT", "2", "STREAMS", key, ">");
    };
  }

  private Write text(String key) {
    return switch (random.nextInt(10)) {
      case 0, 1 -> Write.of("APPEND", key, value());
      case 2 -> Write.of("SETRANGE", key, number(ELEMENTS), value());
      case 3 -> Write.of("SET", key, value());
      case 4 -> Write.of("SETBIT", key("b"), number(BITS), number(2));
      case 5 -> Write.of("BITFIELD", key("b"), "SET", "u8", number(BITS), number(BITS));
      case 6 -> Write.of("BITFIELD", key("b"), "INCRBY", "u8", "0", number(ELEMENTS));
      case 7 -> Write.of("BITOP", "XOR", key("b"), key("b"), key("a"));
      case 8 -> Write.of("INCRBYFLOAT", key("f"), number(ELEMENTS) + ".25");
      default -> Write.of("HINCRBYFLOAT", key("hf"), element(), number(ELEMENTS) + ".5");
    };
  }

  private Write sortedSet(String key) {
    return switch (random.nextInt(8)) {
      case 0, 1, 2 -> Write.of("ZADD", key, number(BITS), element());
      case 3 -> Write.of("ZPOPMIN", key);
      case 4 -> Write.of("ZREMRANGEBYRANK", key, "0", "0");
      case 5 -> Write.of("ZREMRANGEBYSCORE", key, "0", number(BITS));
      case 6 -> Write.of("GEOADD", key("g"), number(BITS), number(BITS), element());
      default -> Write.of("PFADD", key("p"), value());
    };
  }

  private Write generic() {
    String key = any();
    return switch (random.nextInt(6)) {
      case 0 -> Write.of("DEL", key, any());
      case 1 -> Write.of("PEXPIREAT", key, Long.toString(System.currentTimeMillis() + 3_600_000));
      case 2 -> Write.of("EXPIRE", key, number(ELEMENTS));
      case 3 -> Write.of("PERSIST", key);
      case 4 -> Write.of("RENAME", key, any());
      default -> Write.of("COPY", key, any(), "REPLACE");
    };
  }

  private Write store() {
    return switch (random.nextInt(7)) {
      case 0 -> Write.of("PFMERGE", key("p"), key("p"), key("p"));
      case 1 -> Write.of("ZUNIONSTORE", key("z"), "2", key("z"), key("z"));
      case 2 -> Write.of("ZRANGESTORE", key("z"), key("z"), "0", "2");
      case 3 -> Write.of("SORT", key("l"), "ALPHA", "STORE", key("l"));
      case 4 -> Write.of("SMOVE", key("s"), key("s"), element());
      case 5 -> Write.of("SUNIONSTORE", key("s"), key("s"), key("s"));
      default -> Write.of("SADD", key("s"), element(), element());
    };
  }

  private String any() {
    String[] kinds = {"l", "x", "a", "b", "z", "s", "p", "g", "f", "hf"};
    return key(kinds[random.nextInt(kinds.length)]);
  }

  private String key(String kind) {
    return kind + random.nextInt(keys);
  }

  private String element() {
    return "e" + random.nextInt(ELEMENTS);
  }

  private String value() {
    return "v" + random.nextInt(100);
  }

  private String number(int below) {
    return Integer.toString(random.nextInt(below));
  }
}
