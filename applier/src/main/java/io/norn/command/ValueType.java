package io.norn.command;

import java.util.Locale;

/** Types of values, as far as merging tells them apart. */
public enum ValueType {
  NONE,
  STRING,
  HASH,
  SET,
  ZSET,
  LIST,
  STREAM,

  /** That of a module, or one that is newer than this program. */
  OTHER;

  /** From the reply of {@code TYPE}. */
  public static ValueType ofReply(String reply) {
    return switch (reply.toLowerCase(Locale.ROOT)) {
      case "none" -> NONE;
      case "string" -> STRING;
      case "hash" -> HASH;
      case "set" -> SET;
      case "zset" -> ZSET;
      case "list" -> LIST;
      case "stream" -> STREAM;
      default -> OTHER;
    };
  }
}
