package io.norn.stream;

import java.util.List;
import java.util.function.UnaryOperator;

/** Something in a stream that cannot be handed on yet. */
sealed interface Held {
  int dbAfter();

  long endOffset();

  /** Rough size in memory. */
  default long bytes() {
    return StreamItem.SMALL_BYTES;
  }

  /** A tick that nobody waits for any more. */
  record TickSeen(long hlc, int dbAfter, long endOffset) implements Held {}

  /** A message on the reserved channel. */
  record Said(String text, int dbAfter, long endOffset) implements Held {}

  /** The reserved keys may be gone. */
  record Touched(int dbAfter, long endOffset) implements Held {}

  /** What a tick has to cover before it is handed on. */
  abstract sealed class Coverable implements Held {
    private final int dbAfter;
    private final long endOffset;
    private final long bytes;
    private List<Change> changes;

    /** Hybrid clock value of the tick; 0 for none yet. */
    long cover;

    Coverable(List<Change> changes, int dbAfter, long endOffset) {
      this.changes = changes;
      this.dbAfter = dbAfter;
      this.endOffset = endOffset;
      this.bytes = StreamItem.SMALL_BYTES + Change.bytesOf(changes);
    }

    abstract boolean isWaiting();

    /**
     * Takes a stamp, and learns which deletes are the server's own and what commands of clients
     * took.
     */
    void cover(Tick tick) {
      cover = tick.hlc();
      if (!tick.deletes().isEmpty()) {
        replace(change -> told(change, tick.deletes().get(change.endOffset())));
      }
      if (!tick.taken().isEmpty() && this instanceof Unit) {
        replace(change -> told(change, tick.taken().get(change.endOffset())));
      }
    }

    private void replace(UnaryOperator<Change> telling) {
      changes = changes.stream().map(telling).toList();
    }

    private static Change told(Change change, DeleteCause cause) {
      return cause == null ? change : Deletes.because(cause, change);
    }

    private static Change told(Change change, Taken taken) {
      return taken != null && Taken.isToldOf(change.args()) ? taken.toldOf(change) : change;
    }

    List<Change> changes() {
      return changes;
    }

    @Override
    public long bytes() {
      return bytes;
    }

    @Override
    public int dbAfter() {
      return dbAfter;
    }

    @Override
    public long endOffset() {
      return endOffset;
    }
  }

  /** Writes of clients. */
  final class Unit extends Coverable {
    /** Its stamp follows from what stands before it. */
    static final long OF_ITS_PLACE = 1;

    Unit(List<Change> changes, int dbAfter, long endOffset) {
      super(changes, dbAfter, endOffset);
    }

    @Override
    boolean isWaiting() {
      return cover == 0;
    }
  }

  /**
   * A marked transaction. It needs no stamp, but if there are deletes in it that the server may
   * have written by itself, a tick has to tell: those that it did get the tick's stamp.
   */
  final class Marked extends Coverable {
    private final Marker marker;
    private final boolean isDoubtful;

    Marked(Marker marker, List<Change> commands, int dbAfter, long endOffset) {
      super(commands, dbAfter, endOffset);
      this.marker = marker;
      this.isDoubtful = commands.stream().anyMatch(change -> Deletes.mayBeServers(change.args()));
    }

    @Override
    boolean isWaiting() {
      return isDoubtful && cover == 0;
    }

    Marker marker() {
      return marker;
    }

    /** The deletes that are the server's own. */
    List<Change> servers() {
      return isDoubtful ? changes().stream().filter(Deletes::isServers).toList() : List.of();
    }

    /** What belongs to what the marker stands for. */
    List<Change> commands() {
      return isDoubtful
          ? changes().stream().filter(change -> !Deletes.isServers(change)).toList()
          : changes();
    }
  }
}
