package io.norn.command;

import io.norn.stream.Text;
import java.util.Map;
import java.util.Set;

/** What is known of an opaque command beside its keys. */
public final class OpaqueTraits {
  private static final Set<String> CREATES =
      Set.of(
          "APPEND",
          "SETRANGE",
          "SETBIT",
          "BITFIELD",
          "PFADD",
          "PFMERGE",
          "LPUSH",
          "RPUSH",
          "XADD",
          "XGROUP",
          "ZADD",
          "HSETEX",
          "LMOVE",
          "RPOPLPUSH",
          "BLMOVE",
          "BRPOPLPUSH");
  private static final Set<String> STRINGS =
      Set.of("APPEND", "SETRANGE", "SETBIT", "BITFIELD", "PFADD", "PFMERGE");
  private static final Set<String> OF_ANY_TYPE = Set.of("RENAME", "RENAMENX", "COPY", "MOVE");

  private static final Set<String> MOVES = Set.of("RENAME", "RENAMENX", "MOVE");

  /** Commands that replace the key at this argument by what they compute. */
  private static final Map<String, Integer> REPLACES =
      Map.ofEntries(
          Map.entry("RENAME", 2),
          Map.entry("RENAMENX", 2),
          Map.entry("COPY", 2),
          Map.entry("SUNIONSTORE", 1),
          Map.entry("SINTERSTORE", 1),
          Map.entry("SDIFFSTORE", 1),
          Map.entry("ZUNIONSTORE", 1),
          Map.entry("ZINTERSTORE", 1),
          Map.entry("ZDIFFSTORE", 1),
          Map.entry("ZRANGESTORE", 1),
          Map.entry("GEOSEARCHSTORE", 1),
          Map.entry("BITOP", 2));

  private OpaqueTraits() {}

  /** Type of the values that it works on; {@link ValueType#OTHER} if that is not known. */
  public static ValueType type(Op.Opaque op) {
    String name = name(op);
    if (STRINGS.contains(name)) {
      return ValueType.STRING;
    }
    if (OF_ANY_TYPE.contains(name) || REPLACES.containsKey(name) || op.keys().isEmpty()) {
      return ValueType.OTHER;
    }
    return switch (name.charAt(0)) {
      case 'L' -> ValueType.LIST;
      case 'R' -> name.startsWith("RP") ? ValueType.LIST : ValueType.OTHER;
      case 'X' -> ValueType.STREAM;
      case 'Z' -> ValueType.ZSET;
      case 'H' -> ValueType.HASH;
      default -> ValueType.OTHER;
    };
  }

  /** True if its keys exist afterwards. */
  public static boolean creates(Op.Opaque op) {
    return CREATES.contains(name(op)) || REPLACES.containsKey(name(op));
  }

  /** True if what the written key held before does not matter. */
  public static boolean replaces(Op.Opaque op) {
    return REPLACES.containsKey(name(op));
  }

  /** True if it takes away what the key held that it reads. */
  public static boolean moves(Op.Opaque op) {
    return MOVES.contains(name(op));
  }

  private static String name(Op.Opaque op) {
    return Text.upperCase(op.command()[0]);
  }
}
