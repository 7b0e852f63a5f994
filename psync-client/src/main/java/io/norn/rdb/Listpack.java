package io.norn.rdb;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The compact list in which servers keep small values.
 *
 * <p>Own reader, because the library's takes the number of elements for a signed number and fails
 * from 32,768 on. Layout: valkey {@code src/listpack.c}: 4 bytes size, 2 bytes number of elements
 * (not always known), elements, {@code 0xff}; an element is its encoding, its data, and its own
 * length in 7-bit digits for walking backwards.
 */
final class Listpack {
  private static final int HEADER_BYTES = 6;
  private static final int END = 0xff;

  private final ByteBuffer bytes;

  private Listpack(byte[] raw) {
    this.bytes = ByteBuffer.wrap(raw).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** All elements; integers as their text. */
  static List<byte[]> elements(byte[] raw) throws IOException {
    try {
      return new Listpack(raw).elements();
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw new IOException("a listpack of " + raw.length + " bytes was cut", e);
    }
  }

  private List<byte[]> elements() throws IOException {
    List<byte[]> elements = new ArrayList<>();
    bytes.position(HEADER_BYTES);
    for (int first = nextByte(); first != END; first = nextByte()) {
      int start = bytes.position() - 1;
      elements.add(element(first));
      skipLength(bytes.position() - start);
    }
    return elements;
  }

  private byte[] element(int first) throws IOException {
    if (first < 0x80) {
      return integer(first);
    }
    if (first < 0xc0) {
      return string(first & 0x3f);
    }
    if (first < 0xe0) {
      // 13 bits with sign.
      return integer((((first & 0x1f) << 8) | nextByte()) << 19 >> 19);
    }
    if (first < 0xf0) {
      return string((first & 0x0f) << 8 | nextByte());
    }
    return switch (first) {
      case 0xf0 -> string(bytes.getInt());
      case 0xf1 -> integer(bytes.getShort());
      case 0xf2 -> integer((nextByte() | nextByte() << 8) | bytes.get() << 16);
      case 0xf3 -> integer(bytes.getInt());
      case 0xf4 -> integer(bytes.getLong());
      default -> throw new IOException("unknown encoding " + first + " in a listpack");
    };
  }

  private int nextByte() {
    return bytes.get() & 0xff;
  }

  private static byte[] integer(long value) {
    return Long.toString(value).getBytes(StandardCharsets.US_ASCII);
  }

  private byte[] string(int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] raw = new byte[length];
    bytes.get(raw);
    return raw;
  }

  private void skipLength(int elementBytes) {
    int digits = 1;
    for (int rest = elementBytes >> 7; rest > 0; rest >>= 7) {
      digits++;
    }
    bytes.position(bytes.position() + digits);
  }
}
