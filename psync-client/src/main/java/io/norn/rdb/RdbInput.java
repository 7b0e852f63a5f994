package io.norn.rdb;

import com.moilioncircle.redis.replicator.io.RedisInputStream;
import com.moilioncircle.redis.replicator.util.ByteArray;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Bytes of known number, so that a length in them can be checked before memory is spent on it. */
final class RdbInput extends RedisInputStream {
  private final long size;

  RdbInput(InputStream in, long size) {
    super(in, 64 * 1024);
    this.size = size;
  }

  /** Bytes consumed so far. */
  long position() {
    return total - (tail - head);
  }

  long size() {
    return size;
  }

  @Override
  public ByteArray readBytes(long length) throws IOException {
    checkLength(length);
    return super.readBytes(length);
  }

  @Override
  public long skip(long length) throws IOException {
    checkLength(length);
    return super.skip(length);
  }

  void checkLength(long length) throws EOFException {
    long left = size - position();
    if (length < 0 || length > left) {
      throw new EOFException("a length of " + length + " but only " + left + " bytes are left");
    }
  }
}
