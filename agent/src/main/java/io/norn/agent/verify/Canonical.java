package io.norn.agent.verify;

import io.norn.rdb.PayloadDecoder;
import io.norn.rdb.ValueState;
import io.norn.rdb.ValueState.Field;
import io.norn.rdb.ValueState.HashValue;
import io.norn.rdb.ValueState.ListValue;
import io.norn.rdb.ValueState.Member;
import io.norn.rdb.ValueState.Other;
import io.norn.rdb.ValueState.SetValue;
import io.norn.rdb.ValueState.StringValue;
import io.norn.rdb.ValueState.ZSetValue;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Digests of values that do not depend on how a server encodes them: servers of different versions,
 * and even of one, store the same set in different ways.
 */
final class Canonical {
  private static final int FOOTER_BYTES = 10;

  private final MessageDigest hash = Fingerprint.algorithm();

  private Canonical() {}

  /** Of the bytes of a payload as they are: equal ones are equal values, others may be. */
  static String ofBytes(byte[] payload) {
    MessageDigest hash = Fingerprint.algorithm();
    hash.update(payload, 0, Math.max(0, payload.length - FOOTER_BYTES));
    return Fingerprint.hex(hash.digest());
  }

  /**
   * Of the elements in a payload; of values whose elements are not known, of its bytes.
   *
   * @throws IOException if the payload is damaged or of a type that is not known
   */
  static String ofValue(byte[] payload) throws IOException {
    ValueState state = PayloadDecoder.decode(payload);
    return state instanceof Other ? ofBytes(payload) : new Canonical().digest(state);
  }

  /** Of some texts in their order. */
  static String ofWords(List<byte[]> words) {
    Canonical canonical = new Canonical();
    words.forEach(canonical::add);
    return canonical.end();
  }

  private String digest(ValueState state) {
    if (state instanceof StringValue string) {
      add(string.value());
    } else if (state instanceof ListValue list) {
      list.elements().forEach(this::add);
    } else if (state instanceof SetValue set) {
      set.members().stream().sorted(Arrays::compareUnsigned).forEach(this::add);
    } else if (state instanceof HashValue fields) {
      fields.fields().stream().sorted(byName(Field::name)).forEach(this::add);
    } else if (state instanceof ZSetValue members) {
      members.members().stream().sorted(byName(Member::name)).forEach(this::add);
    }
    return end();
  }

  private interface Name<T> {
    byte[] of(T part);
  }

  private static <T> Comparator<T> byName(Name<T> name) {
    return (a, b) -> Arrays.compareUnsigned(name.of(a), name.of(b));
  }

  private void add(Field field) {
    add(field.name());
    add(field.value());
    add(field.expireAtMillis());
  }

  /** Minus zero and zero are one score. */
  private void add(Member member) {
    add(member.name());
    add(Double.doubleToLongBits(member.score() + 0.0));
  }

  /** With its length, so that two texts cannot be taken for others. */
  private void add(byte[] text) {
    add((long) text.length);
    hash.update(text);
  }

  private void add(long number) {
    hash.update(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private String end() {
    return Fingerprint.hex(hash.digest());
  }
}
