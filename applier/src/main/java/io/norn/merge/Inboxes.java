package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.VersionVector;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** What has been read of all peers' streams and is not applied yet. */
public final class Inboxes {
  private final Map<StreamId, Inbox> byStream = new TreeMap<>();
  private final BiConsumer<String, VersionVector> learned;
  private final Supplier<VersionVector> applied;

  /**
   * Starts without any.
   *
   * @param learned gets what a node is known to have applied
   * @param applied the own version vector
   */
  Inboxes(BiConsumer<String, VersionVector> learned, Supplier<VersionVector> applied) {
    this.learned = learned;
    this.applied = applied;
  }

  /** Null if the stream is not read. */
  Inbox get(StreamId stream) {
    return byStream.get(stream);
  }

  void remove(StreamId stream) {
    byStream.remove(stream);
  }

  /** Those of which changes are applied as they come. */
  Collection<Inbox> flowing() {
    return byStream.values().stream().filter(inbox -> !inbox.isHeld()).toList();
  }

  /** Opens the inbox of a peer's stream, empty, from a position on. */
  public void open(StreamId stream, DecoderState start) {
    byStream.put(stream, new Inbox(stream, start, vector -> learned.accept(stream.node(), vector)));
  }

  /** Keeps what comes of a peer's stream without applying it, while its snapshot is merged. */
  public void hold(StreamId stream) {
    byStream.get(stream).hold();
  }

  /** Lets a held stream go on. */
  public void release(StreamId stream) {
    Inbox inbox = byStream.get(stream);
    if (inbox != null) {
      inbox.release();
    }
  }

  /** A held stream goes on behind the snapshot that was merged. */
  void releaseMerged(StreamId stream, Progress upto) {
    Inbox inbox = get(stream);
    if (inbox != null
        && upto.batch() == Progress.OF_SNAPSHOT
        && upto.offset() >= inbox.startOffset()) {
      inbox.release();
    }
  }

  /** True until the own stream shows that the snapshot of a held stream's node is in. */
  public boolean isHeld(StreamId stream) {
    Inbox inbox = byStream.get(stream);
    return inbox != null && inbox.isHeld();
  }

  /**
   * A snapshot of a held stream's node was taken at this place.
   *
   * @return false if it is of no use, because something behind it was dropped already
   */
  public boolean keepHeldFrom(StreamId stream, long snapshotOffset) {
    return isHeld(stream) && byStream.get(stream).keepFrom(snapshotOffset);
  }

  /** The held stream has been read up to its snapshot: what comes behind it may have to wait. */
  public void limitHeld(StreamId stream) {
    if (isHeld(stream)) {
      byStream.get(stream).limit();
    }
  }

  /** A held stream is read without limit again until its next snapshot. */
  public void unlimitHeld(StreamId stream) {
    if (isHeld(stream)) {
      byStream.get(stream).unlimit();
    }
  }

  /** The reader's state of a held stream at the last item up to an offset. */
  public DecoderState heldStateAt(StreamId stream, long upto) {
    return byStream.get(stream).stateAt(upto);
  }

  /** What came of a held stream up to an offset. */
  public List<ChangeUnit> heldUnits(StreamId stream, long upto) {
    return byStream.get(stream).unitsUpto(upto);
  }

  /** Streams that are read and applied here, and of which a state with this vector holds more. */
  public Set<StreamId> missing(VersionVector vector) {
    return byStream.values().stream()
        .filter(inbox -> !inbox.isHeld() && !isIn(inbox, vector.offset(inbox.stream())))
        .map(Inbox::stream)
        .collect(Collectors.toSet());
  }

  /** The version vector stands at the last change: what was read behind it may be none. */
  private boolean isIn(Inbox inbox, long upto) {
    long in = applied.get().offset(inbox.stream());
    boolean waits = inbox.unitsUpto(upto).stream().anyMatch(unit -> unit.endOffset() > in);
    return in >= upto || (inbox.decodedUpto() >= upto && !waits);
  }

  /** Bytes of a stream of which no more should come at the moment. */
  public long pressureBytes(StreamId stream) {
    Inbox inbox = byStream.get(stream);
    return inbox == null ? 0 : inbox.pressureBytes();
  }

  /** Bytes of changes that wait of a stream. */
  public long waitingBytes(StreamId stream) {
    Inbox inbox = byStream.get(stream);
    return inbox == null ? 0 : inbox.bytes();
  }

  /**
   * Time of the oldest change of a stream that waits, microseconds since the epoch; 0 if none does.
   */
  public long oldestWaitingHlc(StreamId stream) {
    Inbox inbox = byStream.get(stream);
    if (inbox == null) {
      return 0;
    }
    Iterator<ChangeUnit> units = inbox.unitsAfter(-1);
    return units.hasNext() ? units.next().hlc() : 0;
  }

  /**
   * True if something waits beyond what is on its way.
   *
   * @param inFlight for streams of which a transaction is on its way: up to where
   */
  public boolean hasWaitingBeyond(Map<StreamId, Long> inFlight) {
    return flowing().stream()
        .anyMatch(inbox -> inbox.unitsAfter(inFlight.getOrDefault(inbox.stream(), -1L)).hasNext());
  }

  /** True if something of a peer waits to be applied. */
  public boolean hasWaiting() {
    return byStream.values().stream().anyMatch(inbox -> inbox.bytes() > 0 && !inbox.isHeld());
  }

  /** Up to where a stream of which nothing waits was read, if that is further. */
  Progress readWithoutChanges(StreamId stream, Progress progress) {
    Inbox inbox = get(stream);
    DecoderState idle = inbox == null ? null : inbox.idleAt();
    boolean ahead = idle != null && idle.offset() > progress.offset();
    return ahead ? idle.asProgress(progress.batch()) : progress;
  }
}
