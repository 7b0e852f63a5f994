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
  /** Of a held stream so much is kept from before the snapshot: it only makes decisions exact. */
  private static final long MAX_HELD_BYTES = 64 << 20;

  private final StreamId stream;
  private final ArrayDeque<StreamItem> items = new ArrayDeque<>();
  private final Consumer<VersionVector> learned;
  private final DecoderState start;
  private DecoderState decoded;
  private long place;
  private long bytes;
  private boolean held;
  private DecoderState dropped;
  private long keptFrom = Long.MAX_VALUE;
  private long heldFreeBytes;
  private boolean limited;
  private boolean isTaking;
  private VersionVector heard;

  Inbox(StreamId stream, DecoderState start, Consumer<VersionVector> learned) {
    this.stream = stream;
    this.start = start;
    this.decoded = start;
    this.place = start.offset();
    this.dropped = start;
    this.learned = learned;
  }

  StreamId stream() {
    return stream;
  }

  /**
   * Takes the next item of the stream; what is applied already is passed over, and what was read
   * before, by another reader of the same stream.
   */
  void add(StreamItem item, long appliedUpto) {
    if (item.place() <= place) {
      return;
    }
    place = item.place();
    decoded = item.after();
    if (item instanceof ChangeUnit unit) {
      if (unit.endOffset() > appliedUpto) {
        bytes += bytes(unit);
        items.add(item);
      }
    } else if (item instanceof AppliedBatch) {
      items.add(item);
    }
    dropOldHeld();
    learnAtHead();
  }

  private void dropOldHeld() {
    while (held && bytes > MAX_HELD_BYTES && items.peek().after().offset() <= keptFrom) {
      StreamItem oldest = items.poll();
      dropped = oldest.after();
      bytes -= oldest instanceof ChangeUnit unit ? bytes(unit) : 0;
    }
  }

  /**
   * Hands out and removes the units up to an offset; false if the stream has not been read that
   * far. When they are in, {@link #taken} must follow.
   */
  boolean take(long upto, Consumer<ChangeUnit> out) {
    while (!items.isEmpty() && items.peek().after().offset() <= upto) {
      StreamItem item = items.poll();
      if (item instanceof ChangeUnit unit) {
        bytes -= bytes(unit);
        out.accept(unit);
      } else if (item instanceof AppliedBatch batch) {
        heard = batch.vector();
      }
    }
    isTaking = true;
    return decoded.offset() >= upto;
  }

  /** What was taken is in: now counts what the peer says behind it. */
  void taken() {
    isTaking = false;
    if (heard != null) {
      learned.accept(heard);
      heard = null;
    }
    learnAtHead();
  }

  /**
   * While a snapshot of the peer is merged nothing of its stream is applied, and all of it is kept.
   */
  void hold() {
    held = true;
  }

  /**
   * The snapshot was taken here: nothing behind it is dropped any more.
   *
   * @return false if something behind it was dropped already, so that the snapshot is of no use
   */
  boolean keepFrom(long snapshotOffset) {
    keptFrom = snapshotOffset;
    return dropped.offset() <= snapshotOffset;
  }

  /** All up to the snapshot has been read: what comes now has to wait, if it is much. */
  void limit() {
    heldFreeBytes = unitsUpto(keptFrom).stream().mapToLong(Inbox::bytes).sum();
    limited = true;
  }

  /** A new snapshot is going to be merged. */
  void unlimit() {
    limited = false;
    keptFrom = Long.MAX_VALUE;
  }

  /** Bytes of which no more should come at the moment. */
  long pressureBytes() {
    if (!held) {
      return bytes;
    }
    return limited ? bytes - heldFreeBytes : 0;
  }

  /** Passes over everything up to an offset: it is in, by way of another node's snapshot. */
  void skipTo(DecoderState there) {
    decoded = there.offset() > decoded.offset() ? there : decoded;
    place = Math.max(place, there.offset());
  }

  /** Where it was opened. */
  long startOffset() {
    return start.offset();
  }

  void release() {
    held = false;
    unlimit();
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
    DecoderState state = dropped;
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
    while (!held && !isTaking && items.peek() instanceof AppliedBatch batch) {
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

  /** Up to where the stream has been read. */
  long decodedUpto() {
    return decoded.offset();
  }

  /** State up to which the stream has been read; null while something waits to be applied. */
  DecoderState idleAt() {
    return held || !items.isEmpty() ? null : decoded;
  }

  private static long bytes(ChangeUnit unit) {
    return unit.changes().stream().mapToLong(change -> change.bytes()).sum();
  }
}
