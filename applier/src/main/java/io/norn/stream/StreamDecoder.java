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

  /** Those of them that no tick covers, in order. */
  private final ArrayDeque<Held.Coverable> waiting = new ArrayDeque<>();

  private final DueTimes dueTimes = new DueTimes();
  private final ArrayDeque<Tick> foreseen = new ArrayDeque<>();

  private Consumer<UnclassifiedDelete> onDelete = delete -> {};
  private DecoderState released;
  private VersionVector vector;
  private long coveredUpto;
  private long lastUnitEnd;
  private long readUpto;
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
    this.readUpto = start.offset();
  }

  /**
   * Sets who is told, while commands are taken, of deletes of which a tick has to say whether they
   * are the server's own.
   */
  public void onDelete(Consumer<UnclassifiedDelete> listener) {
    onDelete = listener;
  }

  /** Takes the next command of the stream. */
  public void accept(byte[][] args, long endOffset) {
    Transaction transaction = assembler.accept(args, endOffset);
    readUpto = endOffset;
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
      if (transaction.changes().stream().allMatch(StreamDecoder::isNotice)) {
        unit.cover = Held.Unit.OF_ITS_PLACE;
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

  private static boolean isNotice(Change change) {
    return PublishedState.isOne(change) || TrimNotice.isOne(change);
  }

  private void hold(Held item) {
    held.add(item);
    heldBytes += item.bytes();
    if (item instanceof Held.Coverable unit && unit.isWaiting()) {
      lookAhead(unit);
    }
  }

  private void lookAhead(Held.Coverable unit) {
    Tick tick = foreseenFor(unit.endOffset());
    if (tick != null) {
      unit.cover(tick);
    } else {
      unit.changes().forEach(change -> look(change, unit));
      waiting.add(unit);
      lastUnitEnd = unit.endOffset();
    }
  }

  private void look(Change change, Held.Coverable item) {
    if (Deletes.mayBeServers(change.args())) {
      onDelete.accept(
          new UnclassifiedDelete(
              change,
              lastUnitEnd,
              item.endOffset(),
              item.changes().size(),
              dueTimes.delete(change)));
    } else {
      dueTimes.see(change);
    }
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

  /** Null if none is known that covers so much. */
  private Tick foreseenFor(long end) {
    while (!foreseen.isEmpty() && foreseen.peek().upto() < end) {
      foreseen.poll();
    }
    return foreseen.peek();
  }

  /** The first tick that covers something counts, so what has one keeps it. */
  private void cover(Tick tick) {
    if (!tick.stream().equals(origin.stream()) || tick.upto() <= coveredUpto) {
      return;
    }
    while (!waiting.isEmpty() && waiting.peek().endOffset() <= tick.upto()) {
      waiting.poll().cover(tick);
    }
    coveredUpto = tick.upto();
    dueTimes.forget(coveredUpto);
  }

  private void release() {
    while (!held.isEmpty() && !(held.peek() instanceof Held.Coverable unit && unit.isWaiting())) {
      Held item = held.poll();
      heldBytes -= item.bytes();
      hand(item);
    }
  }

  private void hand(Held item) {
    if (item instanceof Held.Unit unit) {
      long hlc = stamp(unit);
      advance(unit, hlc);
      out.accept(new ChangeUnit(origin, hlc, unit.changes(), vector, released));
    } else if (item instanceof Held.TickSeen tick) {
      advance(tick, tick.hlc());
    } else if (item instanceof Held.Marked marked) {
      hand(marked, marked.servers());
    } else if (item instanceof Held.Said said) {
      advance(said, 0);
      out.accept(new Message(said.text(), vector, released));
    } else {
      advance(item, 0);
      out.accept(new ReservedTouched(released));
    }
  }

  /**
   * What the server removed by itself inside a marked transaction is a change of this node. It had
   * not seen there what the transaction brings in: a key that is due goes when it is first touched.
   */
  private void hand(Held.Marked marked, List<Change> servers) {
    DecoderState before = released;
    VersionVector seen = vector;
    advance(marked, largest(marked.marker()));
    vector = vector.with(marked.marker().advanced());
    if (servers.isEmpty()) {
      out.accept(new AppliedBatch(marked.marker(), vector, marked.commands(), released));
      return;
    }
    long place = servers.get(0).endOffset();
    out.accept(new AppliedBatch(marked.marker(), vector, marked.commands(), before, place));
    long hlc = stamp(marked);
    advance(marked, hlc);
    out.accept(new ChangeUnit(origin, hlc, servers, seen, released));
  }

  private long stamp(Held.Coverable unit) {
    return Math.max(unit.cover, released.largest() + 1);
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

  /** End of the last command that was read. */
  public long readUpto() {
    return readUpto;
  }

  /** Up to where the ticks read so far have stamped what is to be stamped. */
  public long coveredUpto() {
    return coveredUpto;
  }

  /** Rough size of what is held back. */
  public long heldBytes() {
    return heldBytes;
  }

  /** True in the middle of a transaction, which no tick can stand in. */
  public boolean isInTransaction() {
    return assembler.isInTransaction();
  }
}
