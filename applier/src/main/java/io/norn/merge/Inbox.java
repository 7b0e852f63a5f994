package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.stream.DecoderState;
import io.norn.stream.StreamItem;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.VersionVector;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

/**
 * What has been read of a peer's stream and is not applied yet. What the peer says of its own
 * knowledge takes effect only when everything before it has been applied here.
 */
final class Inbox {
  private final StreamId stream;
  private final ArrayDeque<StreamItem> items = new ArrayDeque<>();
  private final Consumer<VersionVector> learned;
  private final DecoderState start;
  private DecoderState decoded;
  private long bytes;
  private boolean held;

  Inbox(StreamId stream, DecoderState start, Consumer<VersionVector> learned) {
    this.stream = stream;
    this.start = start;
    this.decoded = start;
    this.learned = learned;
  }

  StreamId stream() {
    return stream;
  }

  /** Takes the next item of the stream; what is applied already is passed over. */
  void add(StreamItem item, long appliedUpto) {
    decoded = item.after();
    if (item instanceof ChangeUnit unit) {
      if (unit.endOffset() > appliedUpto) {
        bytes += bytes(unit);
        items.add(item);
      }
    } else if (item instanceof AppliedBatch) {
      items.add(item);
    }
    learnAtHead();
  }

  /**
   * Hands out and removes the units up to an offset; false if the stream has not been read that
   * far.
   */
  boolean take(long upto, Consumer<ChangeUnit> out) {
    while (!items.isEmpty() && items.peek().after().offset() <= upto) {
      StreamItem item = items.poll();
      if (item instanceof ChangeUnit unit) {
        bytes -= bytes(unit);
        out.accept(unit);
      } else if (item instanceof AppliedBatch batch) {
        learned.accept(batch.vector());
      }
    }
    learnAtHead();
    return decoded.offset() >= upto;
  }

  /**
   * While a snapshot of the peer is merged nothing of its stream is applied, and all of it is kept.
   */
  void hold() {
    held = true;
  }

  void release() {
    held = false;
    learnAtHead();
  }

  boolean isHeld() {
    return held;
  }

  /**
   * The reader's state at the last item up to an offset: where to resume when everything up to the
   * offset is in.
   */
  DecoderState stateAt(long upto) {
    DecoderState state = start;
    for (StreamItem item : items) {
      if (item.after().offset() <= upto) {
        state = item.after();
      }
    }
    return state;
  }

  /** The units up to an offset, in order. */
  List<ChangeUnit> unitsUpto(long upto) {
    return items.stream()
        .filter(item -> item instanceof ChangeUnit unit && unit.endOffset() <= upto)
        .map(ChangeUnit.class::cast)
        .toList();
  }

  private void learnAtHead() {
    while (!held && items.peek() instanceof AppliedBatch batch) {
      learned.accept(batch.vector());
      items.poll();
    }
  }

  /** The units behind an offset, in order. */
  Iterator<ChangeUnit> unitsAfter(long offset) {
    return items.stream()
        .filter(item -> item instanceof ChangeUnit unit && unit.endOffset() > offset)
        .map(ChangeUnit.class::cast)
        .iterator();
  }

  boolean isEmpty() {
    return items.isEmpty();
  }

  long bytes() {
    return bytes;
  }

  /** State up to which the stream has been read; null while something waits to be applied. */
  DecoderState idleAt() {
    return held || !items.isEmpty() ? null : decoded;
  }

  private static long bytes(ChangeUnit unit) {
    return unit.changes().stream().mapToLong(change -> change.bytes()).sum();
  }
}
