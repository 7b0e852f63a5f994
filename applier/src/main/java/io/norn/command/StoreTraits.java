package io.norn.command;

import io.norn.stream.Text;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;

/**
 * What is known of commands that put into a key what they made of others: {@code RENAME}, {@code
 * COPY}, {@code SUNIONSTORE} and their like. What such a command came to where a client sent it is
 * what all nodes take.
 */
public final class StoreTraits {
  private static final Set<String> HANDS_ON = Set.of("RENAME", "RENAMENX", "COPY", "MOVE");
  private static final Set<String> MOVES = Set.of("RENAME", "RENAMENX", "MOVE");

  /** Types of what they leave in the key that they store to. */
  private static final Map<String, ValueType> COMPUTES =
      Map.ofEntries(
          Map.entry("SUNIONSTORE", ValueType.SET),
          Map.entry("SINTERSTORE", ValueType.SET),
          Map.entry("SDIFFSTORE", ValueType.SET),
          Map.entry("ZUNIONSTORE", ValueType.ZSET),
          Map.entry("ZINTERSTORE", ValueType.ZSET),
          Map.entry("ZDIFFSTORE", ValueType.ZSET),
          Map.entry("ZRANGESTORE", ValueType.ZSET),
          Map.entry("GEOSEARCHSTORE", ValueType.ZSET),
          Map.entry("GEORADIUS", ValueType.ZSET),
          Map.entry("GEORADIUSBYMEMBER", ValueType.ZSET),
          Map.entry("SORT", ValueType.LIST),
          Map.entry("BITOP", ValueType.STRING));

  private StoreTraits() {}

  /**
   * True if it replaces a key. One that also reads what that key held depends on it, and replaces
   * nothing in this sense.
   */
  public static boolean stores(Op.Opaque op) {
    boolean one = op.keys().size() == 1 && !op.sources().isEmpty();
    return one && (handsOn(op) || (COMPUTES.containsKey(name(op)) && !readsWhatItWrites(op)));
  }

  /** True if the operation puts a value into its key as a whole. */
  public static boolean replaces(Op op) {
    return op instanceof Op.Replace || (op instanceof Op.Opaque opaque && stores(opaque));
  }

  /** Type of what it leaves; {@link ValueType#OTHER} if it is that of what it reads. */
  public static ValueType type(Op.Opaque op) {
    return COMPUTES.getOrDefault(name(op), ValueType.OTHER);
  }

  /** True if it hands on one key as it is, time to live included. */
  public static boolean handsOn(Op.Opaque op) {
    return HANDS_ON.contains(name(op));
  }

  /** True if it takes away what it reads. */
  public static boolean moves(Op.Opaque op) {
    return MOVES.contains(name(op));
  }

  /** True if it does nothing where the key exists that it stores to. */
  public static boolean needsRoom(Op.Opaque op) {
    return handsOn(op) && !name(op).equals("RENAME");
  }

  /** True if it may read keys that it does not name. */
  public static boolean readsUnnamed(Op.Opaque op) {
    return name(op).equals("SORT")
        && Arrays.stream(op.command())
            .skip(2)
            .anyMatch(arg -> Text.is(arg, "BY") || Text.is(arg, "GET"));
  }

  private static boolean readsWhatItWrites(Op.Opaque op) {
    byte[] written = op.keys().get(0).key().raw();
    return Arrays.stream(op.command()).filter(arg -> Arrays.equals(arg, written)).count() > 1;
  }

  private static String name(Op.Opaque op) {
    return Text.upperCase(op.command()[0]);
  }
}
