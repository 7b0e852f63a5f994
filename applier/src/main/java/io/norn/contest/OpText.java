package io.norn.contest;

import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import java.nio.charset.StandardCharsets;

/** Operations as people would have typed them, cut when they are long. */
final class OpText {
  private static final int MAX_CHARS = 200;
  private static final int MAX_WORD_BYTES = 80;

  /** For all keys of a flush. */
  static final byte[][] FLUSH = {Text.bytes("FLUSH")};

  private OpText() {}

  /** A command with its key. */
  static String of(byte[][] command) {
    StringBuilder text = new StringBuilder(Text.upperCase(command[0]));
    for (int i = 1; i < command.length && text.length() < MAX_CHARS; i++) {
      append(text, command[i]);
    }
    return text.length() >= MAX_CHARS ? text.append(" …").toString() : text.toString();
  }

  /**
   * What was done to one element; the key is not part of it, but for commands kept as they were.
   */
  static String of(ElementOp op) {
    if (op instanceof ElementOp.Run run) {
      return of(run.command());
    }
    Element element = op.element();
    if (element.type() == ValueType.STREAM) {
      return StreamOpText.of(op);
    }
    if (op instanceof ElementOp.Put put) {
      return switch (element.type()) {
        case HASH -> words("HSET", element.name().raw(), put.value());
        case SET -> words("SADD", element.name().raw());
        case ZSET -> words("ZADD", put.value(), element.name().raw());
        case NONE -> words("PEXPIREAT", put.value());
        default ->
            element.isBit()
                ? words("SETBIT", element.name().raw(), put.value())
                : words("SET", put.value());
      };
    }
    if (op instanceof ElementOp.Add add) {
      return switch (element.type()) {
        case HASH -> words("HINCRBY", element.name().raw(), add.delta());
        case ZSET -> words("ZINCRBY", add.delta(), element.name().raw());
        default -> words("INCRBY", add.delta());
      };
    }
    if (op instanceof ElementOp.Bound bound) {
      return words("ZADD", Text.bytes(bound.flag()), bound.score(), element.name().raw());
    }
    return switch (element.type()) {
      case HASH -> words("HDEL", element.name().raw());
      case SET -> words("SREM", element.name().raw());
      case ZSET -> words("ZREM", element.name().raw());
      case NONE -> "PERSIST";
      default -> "DEL";
    };
  }

  static String words(String name, byte[]... words) {
    StringBuilder text = new StringBuilder(name);
    for (byte[] word : words) {
      append(text, word);
    }
    return text.toString();
  }

  private static void append(StringBuilder text, byte[] word) {
    boolean isLong = word.length > MAX_WORD_BYTES;
    String whole =
        new String(word, 0, isLong ? MAX_WORD_BYTES : word.length, StandardCharsets.UTF_8);
    String safe = whole.replaceAll("\\p{Cntrl}|\uFFFD", "?") + (isLong ? "…" : "");
    boolean isQuoted = safe.isEmpty() || safe.contains(" ");
    text.append(' ').append(isQuoted ? '"' + safe + '"' : safe);
  }
}
