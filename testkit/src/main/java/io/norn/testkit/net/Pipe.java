package io.norn.testkit.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/**
 * One direction of one connection: bytes wait here in order until the faults let them pass.
 *
 * <p>The end of the source is held back like bytes: behind a stalled link nobody hears that the
 * other side is gone.
 */
final class Pipe {
  /** Nothing to wait for but the readiness of the sockets. */
  static final long NEVER = Long.MAX_VALUE;

  private static final int READ_BYTES = 64 * 1024;

  /** Beyond this the source is no longer read and notices, as with full buffers on a real link. */
  private static final int MAX_HELD_BYTES = 8 * 1024 * 1024;

  /** A rate is kept by pauses of about this length. */
  private static final int WRITES_PER_SECOND = 200;

  private record Chunk(ByteBuffer bytes, long dueNanos) {}

  private enum End {
    NONE,
    CLOSED,
    BROKEN
  }

  private final SocketChannel source;
  private final SocketChannel target;
  private final Direction direction;
  private final Faults faults;
  private final ArrayDeque<Chunk> held = new ArrayDeque<>();
  private int heldBytes;
  private End end = End.NONE;
  private boolean endDelivered;
  private boolean targetBlocked;
  private boolean targetGone;
  private long nextWriteNanos;

  Pipe(SocketChannel source, SocketChannel target, Direction direction, Faults faults) {
    this.source = source;
    this.target = target;
    this.direction = direction;
    this.faults = faults;
    this.nextWriteNanos = System.nanoTime();
  }

  boolean wantsToRead() {
    return end == End.NONE && heldBytes < MAX_HELD_BYTES;
  }

  boolean wantsToWrite() {
    return targetBlocked;
  }

  /** Whether the end of the source was passed on. */
  boolean isFinished() {
    return endDelivered;
  }

  /** Whether it was passed on that the source broke, rather than closed. */
  boolean isBroken() {
    return endDelivered && end == End.BROKEN;
  }

  /** Whether the target has refused bytes. */
  boolean isTargetGone() {
    return targetGone;
  }

  void read(ByteBuffer scratch) {
    scratch.clear().limit(READ_BYTES);
    try {
      if (source.read(scratch) < 0) {
        end = End.CLOSED;
      }
    } catch (IOException e) {
      end = End.BROKEN;
    }
    if (scratch.flip().hasRemaining()) {
      hold(scratch);
    }
  }

  /** Writes straight through when nothing is in the way, and keeps the rest. */
  private void hold(ByteBuffer scratch) {
    long now = System.nanoTime();
    if (held.isEmpty() && faults.delayNanos == 0 && mayWrite(now)) {
      write(scratch, now);
    }
    if (scratch.hasRemaining()) {
      ByteBuffer copy = ByteBuffer.allocate(scratch.remaining()).put(scratch).flip();
      held.add(new Chunk(copy, now + faults.delayNanos));
      heldBytes += copy.remaining();
    }
  }

  /**
   * Passes on what may pass now.
   *
   * @return when to call again if no socket becomes ready before, as {@link System#nanoTime}; or
   *     {@link #NEVER}
   */
  long flush() {
    targetBlocked = false;
    while (!held.isEmpty()) {
      long now = System.nanoTime();
      long due = Math.max(held.peek().dueNanos(), rated() ? nextWriteNanos : now);
      if (direction.isStalled(faults) || due > now) {
        return direction.isStalled(faults) ? NEVER : due;
      }
      if (!writeHead(now)) {
        targetBlocked = true;
        return NEVER;
      }
      if (faults.sliceBytes < Integer.MAX_VALUE && !held.isEmpty()) {
        return now;
      }
    }
    deliverEnd();
    return NEVER;
  }

  private boolean writeHead(long now) {
    ByteBuffer head = held.peek().bytes();
    int before = head.remaining();
    write(head, now);
    heldBytes -= before - head.remaining();
    if (!head.hasRemaining()) {
      held.remove();
    }
    return head.remaining() < before;
  }

  private void write(ByteBuffer bytes, long now) {
    int limit = bytes.limit();
    int allowed = Math.min(faults.sliceBytes, rated() ? ratedBytes() : Integer.MAX_VALUE);
    int before = bytes.remaining();
    bytes.limit(bytes.position() + Math.min(before, allowed));
    try {
      if (targetGone) {
        bytes.position(bytes.limit());
      } else {
        target.write(bytes);
      }
    } catch (IOException e) {
      // The other pipe of this connection hears of it when it reads; until then nobody listens.
      targetGone = true;
    }
    bytes.limit(limit);
    if (rated()) {
      long cost = (before - bytes.remaining()) * 1_000_000_000L / faults.bytesPerSecond;
      nextWriteNanos = Math.max(nextWriteNanos, now) + cost;
    }
  }

  private boolean mayWrite(long now) {
    return !direction.isStalled(faults) && !(rated() && nextWriteNanos > now);
  }

  private boolean rated() {
    return faults.bytesPerSecond < Integer.MAX_VALUE;
  }

  private int ratedBytes() {
    return Math.max(1, faults.bytesPerSecond / WRITES_PER_SECOND);
  }

  private void deliverEnd() {
    if (end == End.NONE || endDelivered || direction.isStalled(faults)) {
      return;
    }
    endDelivered = true;
    try {
      target.shutdownOutput();
    } catch (IOException e) {
      targetGone = true;
    }
  }
}
