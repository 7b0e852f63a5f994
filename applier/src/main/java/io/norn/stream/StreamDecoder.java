package io.norn.stream;

import io.norn.clock.StreamId;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.StreamItem.Message;
import io.norn.stream.StreamItem.ReservedTouched;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Turns the commands of one stream into stamped items, in the order of the stream.
 *
 * <p>Commands of clients are held back until a tick covers them, and everything behind them too:
 * who gets an item knows that all before it in the stream is stamped. The result depends on the
 * stream's bytes alone, so all readers agree. Not thread-safe.
 */
public final class StreamDecoder {
  private final StreamId origin;
  private final Consumer<StreamItem> out;
  private final TransactionAssembler assembler;
  private final ArrayDeque<Held> held = new ArrayDeque<>();

  private DecoderState released;
  private VersionVector vector;
  private long coveredUpto;
  private long lastUnitEnd;
  private long heldBytes;

  /**
   * Starts at a position.
   *
   * @param origin the stream
   * @param start position and state there
   * @param vector what the stream's node had applied at the start; {@link VersionVector#EMPTY} if
   *     not known
   * @param out gets the items
   */
  public StreamDecoder(
      StreamId origin, DecoderState start, VersionVector vector, Consumer<StreamItem> out) {
    this.origin = origin;
    this.released = start;
    this.vector = vector;
    this.out = out;
    this.assembler = new TransactionAssembler(start.db());
  }

  /** Takes the next command of the stream. */
  public void accept(byte[][] args, long endOffset) {
    Transaction transaction = assembler.accept(args, endOffset);
    if (transaction != null) {
      take(transaction);
      release();
    }
  }

  private void take(Transaction transaction) {
    int db = transaction.dbAfter();
    long end = transaction.endOffset();
    Tick tick = transaction.tick();
    if (tick != null) {
      cover(tick);
      held.add(new Held.TickSeen(tick.hlc(), db, end));
    } else if (transaction.marker() != null) {
      held.add(new Held.Marked(transaction.marker(), transaction.changes(), db, end));
    } else if (!transaction.changes().isEmpty()) {
      Held.Unit unit = new Held.Unit(transaction.changes(), db, end);
      if (transaction.changes().stream().allMatch(PublishedState::isOne)) {
        unit.cover = Held.Unit.OF_ITS_PLACE;
      } else {
        lastUnitEnd = end;
      }
      heldBytes += unit.bytes();
      held.add(unit);
    }
    for (String message : transaction.messages()) {
      held.add(new Held.Said(message, db, end));
    }
    if (transaction.touchesReserved()) {
      held.add(new Held.Touched(db, end));
    }
  }

  /** The first tick that covers a unit counts, so units that have one keep it. */
  private void cover(Tick tick) {
    if (!tick.stream().equals(origin.stream()) || tick.upto() <= coveredUpto) {
      return;
    }
    for (Held item : held) {
      if (item instanceof Held.Unit unit && unit.cover == 0 && unit.endOffset() <= tick.upto()) {
        unit.cover = tick.hlc();
      }
    }
    coveredUpto = tick.upto();
  }

  private void release() {
    while (!held.isEmpty() && !(held.peek() instanceof Held.Unit unit && unit.cover == 0)) {
      hand(held.poll());
    }
  }

  private void hand(Held item) {
    if (item instanceof Held.Unit unit) {
      long hlc = Math.max(unit.cover, released.largest() + 1);
      heldBytes -= unit.bytes();
      advance(unit, hlc);
      out.accept(new ChangeUnit(origin, hlc, unit.changes(), vector, released));
    } else if (item instanceof Held.TickSeen tick) {
      advance(tick, tick.hlc());
    } else if (item instanceof Held.Marked marked) {
      advance(marked, largest(marked.marker()));
      vector = vector.with(marked.marker().advanced());
      out.accept(new AppliedBatch(marked.marker(), vector, marked.commands(), released));
    } else if (item instanceof Held.Said said) {
      advance(said, 0);
      out.accept(new Message(said.text(), vector, released));
    } else {
      advance(item, 0);
      out.accept(new ReservedTouched(released));
    }
  }

  private void advance(Held item, long hlc) {
    released =
        new DecoderState(item.endOffset(), item.dbAfter(), Math.max(released.largest(), hlc));
  }

  private static long largest(Marker marker) {
    return marker.advanced().values().stream().mapToLong(Progress::largest).max().orElse(0);
  }

  /** State up to which everything has been handed on. */
  public DecoderState released() {
    return released;
  }

  /** The node's version vector up to {@link #released}. */
  public VersionVector vector() {
    return vector;
  }

  /** End of the last command of a client that no tick covers; 0 if all are covered. */
  public long uncoveredUpto() {
    return lastUnitEnd > coveredUpto ? lastUnitEnd : 0;
  }

  /** Rough size of what is held back. */
  public long heldBytes() {
    return heldBytes;
  }

  /** Something in the stream that cannot be handed on yet. */
  private sealed interface Held {
    int dbAfter();

    long endOffset();

    record TickSeen(long hlc, int dbAfter, long endOffset) implements Held {}

    record Marked(Marker marker, List<Change> commands, int dbAfter, long endOffset)
        implements Held {}

    record Said(String text, int dbAfter, long endOffset) implements Held {}

    record Touched(int dbAfter, long endOffset) implements Held {}

    final class Unit implements Held {
      /** Its stamp follows from what stands before it. */
      private static final long OF_ITS_PLACE = 1;

      private final List<Change> changes;
      private final int dbAfter;
      private final long endOffset;
      private final long bytes;
      private long cover;

      Unit(List<Change> changes, int dbAfter, long endOffset) {
        this.changes = changes;
        this.dbAfter = dbAfter;
        this.endOffset = endOffset;
        this.bytes = changes.stream().mapToLong(Change::bytes).sum();
      }

      List<Change> changes() {
        return changes;
      }

      long bytes() {
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
  }
}
