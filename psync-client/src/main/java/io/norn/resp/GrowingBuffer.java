package io.norn.resp;

import java.util.Arrays;

/**
 * Bytes that were received and not yet consumed. Grows only with what really arrives, and gives the
 * memory of a huge command back when it is gone.
 */
final class GrowingBuffer {
  private static final int SMALL_BYTES = 64 * 1024;
  private static final int KEEP_BYTES = 1 << 20;
  private static final int LARGEST_BYTES = Integer.MAX_VALUE - 64;

  private byte[] bytes = new byte[SMALL_BYTES];
  private int start;
  private int end;

  byte[] bytes() {
    return bytes;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  void consume(int length) {
    start += length;
  }

  void append(byte[] source, int from, int length) {
    makeRoom(length);
    System.arraycopy(source, from, bytes, end, length);
    end += length;
  }

  private void makeRoom(int length) {
    int waiting = end - start;
    if (waiting == 0 && bytes.length > KEEP_BYTES) {
      bytes = new byte[SMALL_BYTES];
    }
    if (waiting == 0 || end + (long) length > bytes.length) {
      moveToFront(waiting, waiting + (long) length);
    }
  }

  private void moveToFront(int waiting, long needed) {
    if (needed > bytes.length) {
      long doubled = Math.min(LARGEST_BYTES, Math.max(needed, 2L * bytes.length));
      bytes = Arrays.copyOfRange(bytes, start, start + (int) doubled);
    } else if (waiting > 0) {
      System.arraycopy(bytes, start, bytes, 0, waiting);
    }
    start = 0;
    end = waiting;
  }
}
