package io.norn.command;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Several byte strings in one, each with its length before it. */
public final class Packed {
  private Packed() {}

  public static byte[] of(List<byte[]> parts) {
    ByteBuffer packed =
        ByteBuffer.allocate(parts.stream().mapToInt(part -> Integer.BYTES + part.length).sum());
    parts.forEach(part -> packed.putInt(part.length).put(part));
    return packed.array();
  }

  public static byte[] of(byte[]... parts) {
    return of(List.of(parts));
  }

  /** What {@link #of} has packed. */
  public static List<byte[]> parts(byte[] packed) {
    List<byte[]> parts = new ArrayList<>();
    ByteBuffer rest = ByteBuffer.wrap(packed);
    while (rest.hasRemaining()) {
      byte[] part = new byte[rest.getInt()];
      rest.get(part);
      parts.add(part);
    }
    return parts;
  }
}
