package io.norn.sim.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Draws commands of all families on few keys, fields and members. */
public final class RandomCommands {
  /** A far-away time on a grid, so that two clocks a little apart decide alike. */
  public static final long FAR_MILLIS = 4_000_000_000_000L;

  private static final long GRID_MILLIS = 1_000_000;

  private final Random random;
  private final List<Draw> draws = new ArrayList<>();
  private int keys = 4;
  private long entryMillis = 1;
  private int uniques;

  /** Draws from this random source. */
  public RandomCommands(Random random) {
    this.random = random;
    addStrings();
    addKeys();
    addAggregates();
  }

  /** Limits the number of keys of each type. */
  public RandomCommands keys(int count) {
    keys = count;
    return this;
  }

  /** Lists and APPEND as well, whose order matters. */
  public RandomCommands withOpaque() {
    add(4, () -> words("APPEND", key("a"), value()));
    add(1, () -> words("SET", key("a"), value()));
    add(8, () -> words(pick("LPUSH", "RPUSH"), key("l"), value()));
    add(3, () -> words(pick("LPOP", "RPOP"), key("l")));
    add(1, () -> words(pick("LPOP", "RPOP"), key("l"), "2"));
    add(1, () -> words("LPUSHX", key("l"), value()));
    add(1, () -> words("LREM", key("l"), pick("-1", "0", "1", "2"), value()));
    add(1, () -> words("LTRIM", key("l"), pick("0", "1", "-3"), pick("-1", "-2", "1")));
    add(1, () -> words("LINSERT", key("l"), pick("BEFORE", "AFTER"), value(), value()));
    add(2, () -> words(pick("DEL", "UNLINK"), pick("a", "l") + random.nextInt(keys)));
    add(1, () -> words("PEXPIREAT", pick("a", "l") + random.nextInt(keys), farMillis()));
    add(1, () -> words("PERSIST", pick("a", "l") + random.nextInt(keys)));
    return this;
  }

  /** Nothing but lists whose elements are often equal. */
  public RandomCommands withEqualElements() {
    draws.clear();
    add(8, () -> words("LPUSH", list(), few()));
    add(8, () -> words("LPOP", list()));
    add(1, () -> words("RPUSH", list(), few(), few()));
    add(1, () -> words("RPOP", list(), "2"));
    add(1, () -> words("LREM", list(), pick("-1", "0", "1"), few()));
    add(1, () -> words("LTRIM", list(), pick("0", "1"), pick("-1", "-2", "5")));
    add(1, () -> words("LINSERT", list(), pick("BEFORE", "AFTER"), few(), few()));
    return this;
  }

  /** Nothing but lists, by all commands that change them. */
  public RandomCommands withLists() {
    draws.clear();
    add(2, () -> words("LPUSH", list(), oneOfTwelve()));
    add(2, () -> words("RPUSH", list(), oneOfTwelve(), oneOfTwelve()));
    add(1, () -> words("LPOP", list()));
    add(1, () -> words("RPOP", list(), "2"));
    add(1, () -> words("LREM", list(), "1", oneOfTwelve()));
    add(1, () -> words("LTRIM", list(), "0", "30"));
    add(1, () -> words("LINSERT", list(), "BEFORE", oneOfTwelve(), oneOfTwelve()));
    add(1, () -> words("LSET", list(), "0", oneOfTwelve()));
    add(1, () -> words("RPOPLPUSH", list(), list()));
    add(1, () -> words("LMOVE", list(), list(), "LEFT", "RIGHT"));
    return this;
  }

  private String oneOfTwelve() {
    return "v" + random.nextInt(12);
  }

  /** Nothing but short streams, to which sites add entries with equal IDs. */
  public RandomCommands withShortStreams() {
    draws.clear();
    add(5, () -> words("XADD", "y" + random.nextInt(keys), freshId(), "f", value()));
    add(
        1,
        () ->
            words("XADD", "y" + random.nextInt(keys), "MAXLEN", "=", "2", freshId(), "f", value()));
    return this;
  }

  /** Nothing but short streams, one of which is put in another's place now and then. */
  public RandomCommands withStreamsInPlaceOfOthers() {
    draws.clear();
    add(5, () -> words("XADD", "y" + random.nextInt(keys), freshId(), "f", value()));
    add(
        1,
        () ->
            words("XADD", "y" + random.nextInt(keys), "MAXLEN", "=", "3", freshId(), "f", value()));
    add(1, () -> words("RENAME", "y" + random.nextInt(keys), "y" + random.nextInt(keys)));
    add(1, () -> words("COPY", "y" + random.nextInt(keys), "y" + random.nextInt(keys), "REPLACE"));
    return this;
  }

  private String list() {
    return "l" + random.nextInt(keys);
  }

  private String few() {
    return pick("v", "w", "x");
  }

  /** Single bits as well, and what overwrites them. */
  public RandomCommands withBits() {
    add(8, () -> words("SETBIT", bits(), Integer.toString(random.nextInt(40)), pick("0", "1")));
    add(1, () -> words("SET", bits(), value()));
    add(1, () -> words("SET", bits(), number(), "KEEPTTL"));
    add(1, () -> words("INCRBY", bits(), number()));
    add(1, () -> words(pick("DEL", "PERSIST"), bits()));
    add(1, () -> words("PEXPIREAT", bits(), farMillis()));
    return this;
  }

  /** Commands that make one key of others, too. */
  public RandomCommands withStores() {
    add(4, () -> words("RENAME", anyKey(), anyKey()));
    add(2, () -> words("RENAME", key("m"), key("m")));
    add(2, () -> words("COPY", anyKey(), anyKey()));
    add(3, () -> words("COPY", anyKey(), anyKey(), "REPLACE"));
    add(1, () -> words("MOVE", anyKey(), pick("0", "1")));
    add(5, () -> words(pick("SUNIONSTORE", "SDIFFSTORE"), anyKey(), key("m"), key("m")));
    return this;
  }

  /** Often several keys are deleted at once, of which some were not there, and types change. */
  public RandomCommands withDeletesOfMany() {
    add(20, () -> words(pick("DEL", "UNLINK"), key("m"), key("m"), "h" + random.nextInt(keys)));
    add(10, () -> words("PEXPIREAT", anyKey(), farMillis()));
    add(8, () -> words("MSET", key("m"), value(), key("h"), number()));
    add(8, () -> words("HSETNX", key("m"), field(), value()));
    return this;
  }

  /** Streams as well; those named {@code y} are trimmed. */
  public RandomCommands withStreams() {
    add(12, () -> words("XADD", key("x"), freshId(), field(), value()));
    add(4, () -> words("XDEL", "x" + random.nextInt(keys), recentId()));
    add(5, () -> words("XADD", "y" + random.nextInt(keys), uniqueId(), field(), value()));
    add(
        5,
        () ->
            words(
                "XADD", "y" + random.nextInt(keys), "MAXLEN", "=", "3", uniqueId(), "f", value()));
    add(2, () -> words("XTRIM", "y" + random.nextInt(keys), "MAXLEN", "=", pick("0", "2", "4")));
    add(2, () -> words("XTRIM", "y" + random.nextInt(keys), "MINID", "=", recentId()));
    add(2, () -> words("XDEL", "y" + random.nextInt(keys), recentId()));
    add(1, () -> words(pick("DEL", "UNLINK"), pick("x", "y") + random.nextInt(keys)));
    return this;
  }

  private String freshId() {
    entryMillis += random.nextInt(3);
    return entryMillis + "-" + (1 + random.nextInt(2));
  }

  private String uniqueId() {
    entryMillis++;
    return entryMillis - random.nextInt(2) * 2L + "-" + entryMillis;
  }

  private String recentId() {
    return Math.max(1, entryMillis - random.nextInt(8)) + "-" + (1 + random.nextInt(2));
  }

  /** Lists with elements of which there are no two, and hardly anything else. */
  public RandomCommands withQueues() {
    add(60, () -> words(pick("LPUSH", "RPUSH"), queue(), unique()));
    add(15, () -> words(pick("LPUSH", "RPUSH"), queue(), unique(), unique()));
    add(75, () -> words(pick("LPOP", "RPOP"), queue()));
    add(10, () -> words(pick("LPOP", "RPOP"), queue(), "2"));
    add(10, () -> words("LREM", queue(), pick("-1", "0", "1"), "u" + random.nextInt(uniques + 1)));
    add(5, () -> words("LTRIM", queue(), pick("0", "1"), pick("-1", "-2")));
    add(5, () -> words("LINSERT", queue(), "BEFORE", "u" + random.nextInt(uniques + 1), unique()));
    add(20, () -> words("ZADD", "p" + random.nextInt(keys), number(), field()));
    add(10, () -> words(pick("ZPOPMIN", "ZPOPMAX"), "p" + random.nextInt(keys)));
    add(3, () -> words("ZREMRANGEBYRANK", "p" + random.nextInt(keys), "0", pick("0", "-3")));
    add(3, () -> words("ZREMRANGEBYSCORE", "p" + random.nextInt(keys), number(), number()));
    return this;
  }

  private String queue() {
    return "q" + random.nextInt(keys);
  }

  private String unique() {
    return "u" + uniques++;
  }

  /** The next command. */
  public String[] next() {
    return draws.get(random.nextInt(draws.size())).draw();
  }

  private void addStrings() {
    add(3, () -> words("SET", key("s"), value()));
    add(2, () -> words("SET", key("s"), value(), pick("NX", "XX", "GET")));
    add(1, () -> words("SET", key("s"), value(), "PXAT", farMillis()));
    add(1, () -> words("SET", key("s"), value(), "EX", "100000", pick("NX", "XX", "GET")));
    add(1, () -> words("SET", keeping(), value(), "KEEPTTL"));
    add(1, () -> words("SET", key("s"), value(), "KEEPTTL"));
    add(1, () -> words(pick("SET", "SETNX", "GETSET"), keeping(), value()));
    add(1, () -> words("PEXPIREAT", keeping(), farMillis()));
    add(1, () -> words(pick("PERSIST", "DEL"), keeping()));
    add(1, () -> words("SETNX", key("s"), value()));
    add(1, () -> words(pick("SETEX", "PSETEX"), key("s"), "9000000", value()));
    add(1, () -> words("GETSET", key("s"), value()));
    add(1, () -> words("GETDEL", key("s")));
    add(1, () -> words("GETEX", key("s"), "PXAT", farMillis()));
    add(1, () -> words("GETEX", key("s"), "PERSIST"));
    add(2, () -> words("MSET", key("s"), value(), key("s"), number()));
    add(2, () -> words(pick("INCR", "DECR"), key("n")));
    add(3, () -> words(pick("INCRBY", "DECRBY"), key("n"), number()));
    add(1, () -> words("INCRBYFLOAT", key("f"), eighths()));
    add(1, () -> words("SET", key("n"), number()));
  }

  private void addKeys() {
    add(5, () -> words(pick("DEL", "UNLINK"), anyKey()));
    add(1, () -> words(pick("DEL", "UNLINK"), anyKey(), anyKey()));
    add(2, () -> words("PEXPIREAT", anyKey(), farMillis()));
    add(2, () -> words("PEXPIREAT", anyKey(), farMillis(), pick("NX", "XX", "GT", "LT")));
    add(1, () -> words("EXPIRE", anyKey(), "200000"));
    add(1, () -> words("PEXPIRE", anyKey(), "300000000", pick("NX", "XX")));
    add(2, () -> words("PERSIST", anyKey()));
    add(1, () -> words("PEXPIREAT", anyKey(), "1000"));
  }

  private void addAggregates() {
    add(3, () -> words("HSET", key("h"), field(), value()));
    add(2, () -> words(pick("HSET", "HMSET"), key("h"), field(), value(), field(), number()));
    add(1, () -> words("HSETNX", key("h"), field(), value()));
    add(3, () -> words("HDEL", key("h"), field()));
    add(1, () -> words("HDEL", key("h"), field(), field()));
    add(3, () -> words("HINCRBY", key("h"), counterField(), number()));
    add(1, () -> words("HINCRBYFLOAT", key("h"), "float", eighths()));
    add(4, () -> words("SADD", key("m"), field()));
    add(1, () -> words("SADD", key("m"), field(), field()));
    add(3, () -> words("SREM", key("m"), field()));
    add(1, () -> words("SREM", key("m"), field(), field()));
    add(3, () -> words("ZADD", key("z"), eighths(), field()));
    add(1, () -> words("ZADD", key("z"), number(), field(), eighths(), field()));
    add(2, () -> words("ZADD", key("z"), pick("NX", "XX", "GT", "LT", "CH"), number(), field()));
    add(1, () -> words("ZADD", key("z"), "INCR", eighths(), field()));
    add(3, () -> words("ZINCRBY", key("z"), number(), field()));
    add(2, () -> words("ZREM", key("z"), field()));
  }

  private void add(int weight, Draw draw) {
    for (int i = 0; i < weight; i++) {
      draws.add(draw);
    }
  }

  /** A key that mostly holds this type, but sometimes another one. */
  private String key(String type) {
    return random.nextInt(12) == 0 ? anyKey() : type + random.nextInt(keys);
  }

  /** A key that holds nothing but strings, so that times to live meet KEEPTTL often. */
  private String keeping() {
    return "k" + random.nextInt(keys);
  }

  private String bits() {
    return "b" + random.nextInt(keys);
  }

  private String anyKey() {
    return pick("s", "s", "n", "f", "h", "m", "z") + random.nextInt(keys);
  }

  private String field() {
    return "e" + random.nextInt(4);
  }

  private String counterField() {
    return random.nextInt(6) == 0 ? field() : "n" + random.nextInt(2);
  }

  private String value() {
    return "v" + random.nextInt(1_000);
  }

  private String number() {
    return Integer.toString(random.nextInt(-20, 100));
  }

  private String eighths() {
    return Double.toString(random.nextInt(-80, 400) / 8.0);
  }

  private String farMillis() {
    return Long.toString(FAR_MILLIS + GRID_MILLIS * random.nextInt(50));
  }

  private String pick(String... choices) {
    return choices[random.nextInt(choices.length)];
  }

  private static String[] words(String... words) {
    return Arrays.copyOf(words, words.length);
  }

  private interface Draw {
    String[] draw();
  }
}
