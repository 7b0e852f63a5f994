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
  private final ArrayDeque<Tick> foreseen = new ArrayDeque<>();

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
      hold(new Held.TickSeen(tick.hlc(), db, end));
    } else if (transaction.marker() != null) {
      hold(new Held.Marked(transaction.marker(), transaction.changes(), db, end));
    } else if (!transaction.changes().isEmpty()) {
      Held.Unit unit = new Held.Unit(transaction.changes(), db, end);
      if (transaction.changes().stream().allMatch(PublishedState::isOne)) {
        unit.cover = Held.Unit.OF_ITS_PLACE;
      } else {
        unit.cover = foreseenCover(end);
        lastUnitEnd = end;
      }
      hold(unit);
    }
    for (String message : transaction.messages()) {
      hold(new Held.Said(message, db, end));
    }
    if (transaction.touchesReserved()) {
      hold(new Held.Touched(db, end));
    }
  }

  private void hold(Held item) {
    heldBytes += item.bytes();
    held.add(item);
  }

  /**
   * Learns of a tick that stands further behind: what it covers need not be held until it comes.
   * The result is the same. Ticks are told in their order.
   *
   * @param tick as a {@link TickFinder} found it
   */
  public void foresee(Tick tick) {
    long before = coveredUpto;
    cover(tick);
    if (coveredUpto > before) {
      foreseen.add(tick);
    }
    release();
  }

  private long foreseenCover(long end) {
    while (!foreseen.isEmpty() && foreseen.peek().upto() < end) {
      foreseen.poll();
    }
    return foreseen.isEmpty() ? 0 : foreseen.peek().hlc();
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
      Held item = held.poll();
      heldBytes -= item.bytes();
      hand(item);
    }
  }

  private void hand(Held item) {
    if (item instanceof Held.Unit unit) {
      long hlc = Math.max(unit.cover, released.largest() + 1);
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

  /** True in the middle of a transaction, which no tick can stand in. */
  public boolean isInTransaction() {
    return assembler.isInTransaction();
  }

  /** Rough size in memory of what is held back. */
  public long heldBytes() {
    return heldBytes;
  }

  /** Something in the stream that cannot be handed on yet. */
  private sealed interface Held {
    int dbAfter();

    long endOffset();

    default long bytes() {
      return StreamItem.SMALL_BYTES;
    }

    record TickSeen(long hlc, int dbAfter, long endOffset) implements Held {}

    record Marked(Marker marker, List<Change> commands, int dbAfter, long endOffset)
        implements Held {
      @Override
      public long bytes() {
        return StreamItem.SMALL_BYTES + Change.bytesOf(commands);
      }
    }

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
        this.bytes = StreamItem.SMALL_BYTES + Change.bytesOf(changes);
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
  }
}
