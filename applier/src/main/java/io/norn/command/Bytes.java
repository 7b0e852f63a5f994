package io.norn.command;

import io.norn.stream.Text;
import java.util.Arrays;

/** Bytes with equality and order by content. The array must not be changed afterwards. */
public final class Bytes implements Comparable<Bytes> {
  public static final Bytes EMPTY = new Bytes(new byte[0]);

  private final byte[] raw;

  public Bytes(byte[] raw) {
    this.raw = raw;
  }

  /** The bytes themselves, not a copy. */
  public byte[] raw() {
    return raw;
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(raw, other.raw);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(raw, bytes.raw);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(raw);
  }

  @Override
  public String toString() {
    return Text.latin1(raw);
  }
}
