package io.norn.command;

import io.norn.stream.Text;
import java.util.Set;

/** What is known of an opaque command beside its keys. */
public final class OpaqueTraits {
  private static final Set<String> CREATES =
      Set.of(
          "APPEND",
          "SETRANGE",
          "BITFIELD",
          "PFADD",
          "PFMERGE",
          "LPUSH",
          "RPUSH",
          "LINSERT",
          "ZADD",
          "HSETEX",
          "LMOVE",
          "RPOPLPUSH",
          "BLMOVE",
          "BRPOPLPUSH");
  private static final Set<String> STRINGS =
      Set.of("APPEND", "SETRANGE", "BITFIELD", "PFADD", "PFMERGE");

  private OpaqueTraits() {}

  /** Type of the values that it works on; {@link ValueType#OTHER} if that is not known. */
  public static ValueType type(Op.Opaque op) {
    String name = name(op);
    if (STRINGS.contains(name)) {
      return ValueType.STRING;
    }
    if (StoreTraits.handsOn(op) || op.keys().isEmpty()) {
      return ValueType.OTHER;
    }
    ValueType stored = StoreTraits.type(op);
    if (stored != ValueType.OTHER) {
      return stored;
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
    return CREATES.contains(name(op)) || StoreTraits.type(op) != ValueType.OTHER;
  }

  private static String name(Op.Opaque op) {
    return Text.upperCase(op.command()[0]);
  }
}
