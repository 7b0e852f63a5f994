package io.norn.rdb;

import java.util.List;

/** The elements of a value, whatever way it was encoded. */
@SuppressWarnings("ArrayRecordComponent") // Parcels on their way; nobody compares two of them.
public sealed interface ValueState {

  /** A string, integers as their text. */
  record StringValue(byte[] value) implements ValueState {}

  /** A list, head first. */
  record ListValue(List<byte[]> elements) implements ValueState {}

  /** A set, in no order. */
  record SetValue(List<byte[]> members) implements ValueState {}

  /** A hash, in no order. */
  record HashValue(List<Field> fields) implements ValueState {}

  /** A sorted set, in no order. */
  record ZSetValue(List<Member> members) implements ValueState {}

  /**
   * A stream or a value of a module, of which elements are not known.
   *
   * @param rdbType its type in RDB files
   */
  record Other(int rdbType) implements ValueState {}

  /**
   * One field of a hash.
   *
   * @param expireAtMillis when it expires, milliseconds since the epoch; -1 if never
   */
  record Field(byte[] name, byte[] value, long expireAtMillis) {}

  /** One member of a sorted set. */
  record Member(byte[] name, double score) {}
}
