package io.norn.sim.mesh;

import io.norn.command.MergePolicy;
import io.norn.command.MergePolicy.Option;
import io.norn.sim.model.Contents;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a policy promises, computed from the clients' operations alone: which elements are there
 * under <em>observed-remove</em>, and which time to live counts under <em>longest</em>. Only for
 * keys where nothing else happened that has a say.
 */
final class PolicyOracle {
  private static final Set<String> ADDS =
      Set.of("HSET", "HMSET", "HSETNX", "HINCRBY", "SADD", "ZADD", "ZINCRBY");
  private static final Set<String> DELTAS = Set.of("HINCRBY", "ZINCRBY");
  private static final Set<String> REMOVES = Set.of("HDEL", "SREM", "ZREM");
  private static final Set<String> DELETES = Set.of("DEL", "UNLINK");

  /** Make keys of others. */
  private static final Set<String> OF_MANY =
      Set.of("RENAME", "RENAMENX", "COPY", "MOVE", "SMOVE", "SORT", "BITOP", "PFMERGE");

  private static final Set<String> EXPIRIES = Set.of("PEXPIREAT", "PERSIST");

  private final Map<String, List<StampedOp>> byKey = new TreeMap<>();
  private final MergePolicy policy;

  PolicyOracle(Collection<StampedOp> ops, MergePolicy policy) {
    this.policy = policy;
    ops.stream().sorted().forEach(op -> keys(op).forEach(key -> add(key, op)));
    ops.stream().filter(PolicyOracle::isOfMany).forEach(op -> drop(op.words()));
  }

  private void add(String key, StampedOp op) {
    byKey.computeIfAbsent(op.database() + ":" + key, k -> new ArrayList<>()).add(op);
  }

  private static boolean isOfMany(StampedOp op) {
    return name(op).endsWith("STORE") || OF_MANY.contains(name(op));
  }

  /** Any word may be the name of a key, in any database. */
  private void drop(List<String> words) {
    byKey.keySet().removeIf(key -> words.contains(key.substring(key.indexOf(':') + 1)));
  }

  private static String name(StampedOp op) {
    return op.words().get(0).toUpperCase(Locale.ROOT);
  }

  private static List<String> keys(StampedOp op) {
    List<String> words = op.words();
    if (DELETES.contains(name(op))) {
      return words.subList(1, words.size());
    }
    if (name(op).startsWith("MSET")) {
      return every(words, 1, 2);
    }
    return List.of(words.get(1));
  }

  private static List<String> every(List<String> words, int from, int step) {
    List<String> picked = new ArrayList<>();
    for (int i = from; i < words.size(); i += step) {
      picked.add(words.get(i));
    }
    return picked;
  }

  /** Fields or members by key, of keys that nothing but one kind of collection was ever put in. */
  SortedMap<String, String> elements() {
    SortedMap<String, String> expected = new TreeMap<>();
    if (policy.rule() == io.norn.command.KeyRule.OBSERVED_REMOVE) {
      byKey.forEach(
          (key, ops) -> {
            if (isOneCollection(ops)) {
              expected.put(key, living(ops).toString());
            }
          });
    }
    return expected;
  }

  /** As {@link #elements}, read from a server. */
  SortedMap<String, String> elementsOf(SortedMap<String, String> data, Set<String> keys) {
    SortedMap<String, String> found = new TreeMap<>();
    for (String key : keys) {
      found.put(key, new TreeSet<>(Contents.elements(data.getOrDefault(key, ""))).toString());
    }
    return found;
  }

  private static boolean isOneCollection(List<StampedOp> ops) {
    Set<Character> kinds = new TreeSet<>();
    for (StampedOp op : ops) {
      String name = name(op);
      if (ADDS.contains(name) || REMOVES.contains(name)) {
        kinds.add(name.charAt(0));
      } else if (!DELETES.contains(name) && !EXPIRIES.contains(name)) {
        return false;
      }
    }
    return kinds.size() == 1;
  }

  private static Set<String> living(List<StampedOp> ops) {
    Set<String> living = new TreeSet<>();
    for (StampedOp add : ops) {
      if (ADDS.contains(name(add))) {
        for (String element : elements(add)) {
          if (ops.stream().noneMatch(each -> ends(each, element) && each.saw(add))) {
            living.add(element);
          }
        }
      }
    }
    return living;
  }

  /** An overwrite takes the place of what it saw; it lives on itself. */
  private static boolean ends(StampedOp op, String element) {
    String name = name(op);
    boolean overwrites = ADDS.contains(name) && !isDelta(op);
    return DELETES.contains(name)
        || ((REMOVES.contains(name) || overwrites) && elements(op).contains(element));
  }

  private static boolean isDelta(StampedOp op) {
    return DELTAS.contains(name(op))
        || op.words().stream().anyMatch(word -> word.matches("(?i)INCR|GT|LT"));
  }

  private static List<String> elements(StampedOp op) {
    List<String> words = op.words();
    return switch (name(op)) {
      case "HSET", "HMSET", "HSETNX" -> every(words, 2, 2);
      case "HINCRBY" -> List.of(words.get(2));
      case "ZINCRBY" -> List.of(words.get(3));
      case "ZADD" -> scored(words);
      default -> words.subList(2, words.size());
    };
  }

  private static List<String> scored(List<String> words) {
    int first = 2;
    while (words.get(first).matches("(?i)NX|XX|GT|LT|CH|INCR")) {
      first++;
    }
    return every(words, first + 1, 2);
  }

  /** Times to live by key, of strings that were only set as a whole; "-1" for none. */
  SortedMap<String, String> expiries() {
    SortedMap<String, String> expected = new TreeMap<>();
    if (policy.has(Option.LONGEST_EXPIRY)) {
      byKey.forEach(
          (key, ops) -> {
            if (ops.stream().allMatch(PolicyOracle::isWholeOrExpiry)) {
              longest(ops).ifPresent(expiry -> expected.put(key, expiry));
            }
          });
    }
    return expected;
  }

  /** As {@link #expiries}, read from a server. */
  static SortedMap<String, String> expiriesOf(SortedMap<String, String> data, Set<String> keys) {
    SortedMap<String, String> found = new TreeMap<>();
    for (String key : keys) {
      String value = data.getOrDefault(key, "@absent");
      found.put(key, value.substring(value.lastIndexOf('@') + 1));
    }
    return found;
  }

  private static boolean isWholeOrExpiry(StampedOp op) {
    boolean keeps = op.words().stream().anyMatch(word -> word.equalsIgnoreCase("KEEPTTL"));
    return !keeps
        && (Set.of("SET", "SETNX", "MSET").contains(name(op)) || EXPIRIES.contains(name(op)));
  }

  private static java.util.Optional<String> longest(List<StampedOp> ops) {
    StampedOp whole = null;
    for (StampedOp op : ops) {
      whole = EXPIRIES.contains(name(op)) ? whole : op;
    }
    if (whole == null) {
      return java.util.Optional.empty();
    }
    Map<StampedOp, Long> living = new HashMap<>();
    for (StampedOp op : ops) {
      boolean isEnded =
          ops.stream().anyMatch(each -> EXPIRIES.contains(name(each)) && each.saw(op));
      if (op.compareTo(whole) >= 0 && !isEnded && millis(op) != 0) {
        living.put(op, millis(op));
      }
    }
    long longest = living.values().stream().mapToLong(each -> each).max().orElse(-1);
    return java.util.Optional.of(longest == Long.MAX_VALUE ? "-1" : Long.toString(longest));
  }

  /** 0 if it says nothing of a time to live. */
  private static long millis(StampedOp op) {
    List<String> words = op.words();
    return switch (name(op)) {
      case "PERSIST" -> Long.MAX_VALUE;
      case "PEXPIREAT" -> Long.parseLong(words.get(2));
      default -> {
        int at = words.indexOf("PXAT");
        yield at < 0 ? 0 : Long.parseLong(words.get(at + 1));
      }
    };
  }
}
