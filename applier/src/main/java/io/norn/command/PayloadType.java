package io.norn.command;

/**
 * Type of the value in a {@code DUMP} payload: its first byte, numbered in the servers' {@code
 * rdb.h}. Up to Valkey 9.1 (22) and Redis 7.4 (24 and 25: hashes whose fields expire).
 */
public final class PayloadType {
  private PayloadType() {}

  public static ValueType of(byte[] payload) {
    return switch (payload.length == 0 ? -1 : payload[0]) {
      case 0 -> ValueType.STRING;
      case 1, 10, 14, 18 -> ValueType.LIST;
      case 2, 11, 20 -> ValueType.SET;
      case 3, 5, 12, 17 -> ValueType.ZSET;
      case 4, 9, 13, 16, 22, 24, 25 -> ValueType.HASH;
      case 15, 19, 21 -> ValueType.STREAM;
      default -> ValueType.OTHER;
    };
  }
}
