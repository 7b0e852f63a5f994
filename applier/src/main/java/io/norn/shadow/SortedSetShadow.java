package io.norn.shadow;

import io.norn.command.Scores;
import io.norn.stream.Taken;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A copy of a sorted set. */
public final class SortedSetShadow implements Shadow {
  static final Set<String> COMMANDS =
      Set.of(
          "ZADD",
          "ZINCRBY",
          "ZREM",
          "ZPOPMIN",
          "ZPOPMAX",
          "ZREMRANGEBYSCORE",
          "ZREMRANGEBYRANK",
          "ZREMRANGEBYLEX");

  private static final Set<String> FLAGS = Set.of("NX", "XX", "GT", "LT", "CH", "INCR");
  private static final long OVERHEAD = 160;

  private final Map<String, Double> scores = new HashMap<>();
  private final TreeSet<Member> order =
      new TreeSet<>(Comparator.comparingDouble(Member::score).thenComparing(Member::name));
  private long bytes;

  private record Member(double score, String name) {}

  /** A copy of a sorted set that is not there yet. */
  public SortedSetShadow() {}

  /**
   * A copy of what was read.
   *
   * @param pairs members, each with its score behind it
   * @return null if a score cannot be read
   */
  public static SortedSetShadow of(List<byte[]> pairs) {
    SortedSetShadow shadow = new SortedSetShadow();
    for (int i = 0; i + 1 < pairs.size(); i += 2) {
      OptionalDouble score = Scores.parse(pairs.get(i + 1));
      if (score.isEmpty()) {
        return null;
      }
      shadow.put(Text.latin1(pairs.get(i)), score.getAsDouble());
    }
    return shadow;
  }

  @Override
  public Taken apply(String name, byte[][] args) {
    return switch (name) {
      case "ZADD" -> add(args);
      case "ZINCRBY" -> args.length == 4 ? increment(args[3], args[2]) : null;
      case "ZREM" -> removeAll(args);
      case "ZPOPMIN" -> pop(args, true);
      case "ZPOPMAX" -> pop(args, false);
      default -> args.length == 4 ? removeRange(name, args) : null;
    };
  }

  private Taken add(byte[][] args) {
    Set<String> flags = new HashSet<>();
    int at = 2;
    while (at < args.length && FLAGS.contains(Text.upperCase(args[at]))) {
      flags.add(Text.upperCase(args[at++]));
    }
    for (; at + 1 < args.length; at += 2) {
      OptionalDouble score = Scores.parse(args[at]);
      if (score.isEmpty()) {
        return null;
      }
      add(flags, Text.latin1(args[at + 1]), score.getAsDouble());
    }
    return NOTHING;
  }

  private void add(Set<String> flags, String member, double score) {
    Double known = scores.get(member);
    double next = known != null && flags.contains("INCR") ? normal(known + score) : score;
    boolean barred =
        known == null
            ? flags.contains("XX")
            : flags.contains("NX")
                || (flags.contains("GT") && next <= known)
                || (flags.contains("LT") && next >= known);
    if (!barred) {
      put(member, next);
    }
  }

  private Taken increment(byte[] member, byte[] delta) {
    OptionalDouble by = Scores.parse(delta);
    if (by.isEmpty()) {
      return null;
    }
    String name = Text.latin1(member);
    put(name, normal(scores.getOrDefault(name, 0.0) + by.getAsDouble()));
    return NOTHING;
  }

  private void put(String member, double score) {
    remove(member);
    scores.put(member, normal(score));
    order.add(new Member(normal(score), member));
    bytes += member.length() + OVERHEAD;
  }

  /** Both zeros are one score. */
  private static double normal(double score) {
    return score == 0 ? 0 : score;
  }

  private void remove(String member) {
    Double score = scores.remove(member);
    if (score != null) {
      order.remove(new Member(score, member));
      bytes -= member.length() + OVERHEAD;
    }
  }

  private Taken removeAll(byte[][] args) {
    for (int i = 2; i < args.length; i++) {
      remove(Text.latin1(args[i]));
    }
    return NOTHING;
  }

  private Taken pop(byte[][] args, boolean lowest) {
    OptionalLong count = args.length > 2 ? Text.integer(args[2]) : OptionalLong.of(1);
    List<String> popped = new ArrayList<>();
    for (long i = 0; i < count.orElse(0) && !order.isEmpty(); i++) {
      String member = (lowest ? order.first() : order.last()).name();
      remove(member);
      popped.add(member);
    }
    return new Taken(popped, List.of());
  }

  private Taken removeRange(String name, byte[][] args) {
    List<String> removed =
        switch (name) {
          case "ZREMRANGEBYSCORE" -> byScore(args[2], args[3]);
          case "ZREMRANGEBYRANK" -> byRank(Text.integer(args[2]), Text.integer(args[3]));
          case "ZREMRANGEBYLEX" -> byName(args[2], args[3]);
          default -> null;
        };
    if (removed == null) {
      return null;
    }
    removed.forEach(this::remove);
    return new Taken(removed, List.of());
  }

  private List<String> byScore(byte[] from, byte[] to) {
    boolean fromOpen = from.length > 0 && from[0] == '(';
    boolean toOpen = to.length > 0 && to[0] == '(';
    OptionalDouble low = Scores.parse(fromOpen ? behindFirst(from) : from);
    OptionalDouble high = Scores.parse(toOpen ? behindFirst(to) : to);
    if (low.isEmpty() || high.isEmpty()) {
      return null;
    }
    double least = low.getAsDouble();
    double most = high.getAsDouble();
    return select(
        each ->
            (fromOpen ? each.score() > least : each.score() >= least)
                && (toOpen ? each.score() < most : each.score() <= most));
  }

  private List<String> byRank(OptionalLong start, OptionalLong stop) {
    if (start.isEmpty() || stop.isEmpty()) {
      return null;
    }
    int size = order.size();
    long from = Math.max(0, start.getAsLong() < 0 ? size + start.getAsLong() : start.getAsLong());
    long to = stop.getAsLong() < 0 ? size + stop.getAsLong() : stop.getAsLong();
    List<String> selected = new ArrayList<>();
    long rank = 0;
    for (Member each : order) {
      if (rank >= from && rank <= to) {
        selected.add(each.name());
      }
      rank++;
    }
    return selected;
  }

  /** The order of names is that of their bytes, which is that of the texts. */
  private List<String> byName(byte[] from, byte[] to) {
    Predicate<String> low = bound(Text.latin1(from), 1);
    Predicate<String> high = bound(Text.latin1(to), -1);
    return low == null || high == null
        ? null
        : select(each -> low.test(each.name()) && high.test(each.name()));
  }

  private static Predicate<String> bound(String text, int direction) {
    if (text.equals("-") || text.equals("+")) {
      return text.equals("-") == (direction > 0) ? name -> true : name -> false;
    }
    if (!text.startsWith("[") && !text.startsWith("(")) {
      return null;
    }
    String limit = text.substring(1);
    boolean closed = text.startsWith("[");
    return name -> {
      int order = name.compareTo(limit) * direction;
      return closed ? order >= 0 : order > 0;
    };
  }

  private static byte[] behindFirst(byte[] text) {
    return Arrays.copyOfRange(text, 1, text.length);
  }

  private List<String> select(Predicate<Member> condition) {
    Collection<Member> all = order;
    return all.stream().filter(condition).map(Member::name).toList();
  }

  @Override
  public boolean isEmpty() {
    return order.isEmpty();
  }

  @Override
  public int size() {
    return order.size();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return order.toString();
  }
}
