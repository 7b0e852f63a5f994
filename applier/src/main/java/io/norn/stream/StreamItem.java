package io.norn.stream;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import java.util.List;

/** What a decoder hands on, strictly in the order of the stream. */
public sealed interface StreamItem {
  /** What an item without commands takes. */
  long SMALL_BYTES = 100;

  /**
   * The decoder's state right after this item: from here reading can be resumed. Never inside a
   * transaction.
   */
  DecoderState after();

  /** Rough size in memory. */
  default long bytes() {
    return SMALL_BYTES;
  }

  /**
   * Where it stands in the stream: the end offset, strictly rising from each change or batch to the
   * next. Not a position to resume from.
   */
  default long place() {
    return after().offset();
  }

  /**
   * Commands of clients with their stamp: one command, or all of one transaction.
   *
   * @param origin the stream
   * @param hlc the same for all of them
   * @param changes at least one
   * @param seen what the origin had applied of other nodes at this place
   * @param after state behind it
   */
  record ChangeUnit(
      StreamId origin, long hlc, List<Change> changes, VersionVector seen, DecoderState after)
      implements StreamItem {

    public Stamp stamp(Change change) {
      return new Stamp(hlc, origin, change.endOffset());
    }

    /** Stamp of the first change: units of one stream are ordered by it. */
    public Stamp stamp() {
      return stamp(changes.get(0));
    }

    public long endOffset() {
      return after.offset();
    }

    @Override
    public long bytes() {
      return SMALL_BYTES + Change.bytesOf(changes);
    }
  }

  /**
   * A marked transaction: the node applied changes of others.
   *
   * <p>When the server removed something by itself in it, that follows as a unit, which ends with
   * the transaction; the batch itself then stands inside of it, and the state after it is the one
   * before the transaction.
   *
   * @param marker the marker
   * @param vector the node's version vector from here on
   * @param commands the other commands, with effect or without
   * @param after state behind it
   * @param place where it stands
   */
  record AppliedBatch(
      Marker marker, VersionVector vector, List<Change> commands, DecoderState after, long place)
      implements StreamItem {

    /** One that is a whole transaction. */
    AppliedBatch(Marker marker, VersionVector vector, List<Change> commands, DecoderState after) {
      this(marker, vector, commands, after, after.offset());
    }

    @Override
    public long bytes() {
      return SMALL_BYTES + Change.bytesOf(commands);
    }
  }

  /**
   * A message of an agent on the reserved channel, a barrier or a heartbeat.
   *
   * @param text its text
   * @param vector the node's version vector here
   * @param after state behind it
   */
  record Message(String text, VersionVector vector, DecoderState after) implements StreamItem {}

  /**
   * Somebody who is no agent may have removed the reserved keys.
   *
   * @param after state behind it
   */
  record ReservedTouched(DecoderState after) implements StreamItem {}
}
