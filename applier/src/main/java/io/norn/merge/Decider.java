package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.StoreTraits;
import io.norn.command.ValueType;
import io.norn.contest.Referee;
import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Taken;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import io.norn.window.KeyWindow;
import io.norn.window.LaterOp;
import io.norn.window.ListMerge;
import io.norn.window.Sighted;
import io.norn.window.StateBase;
import io.norn.window.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Decides one batch: for each change whether it is executed, cut down, skipped, or executed with
 * later operations again behind it.
 *
 * <p>The reference is the execution of all operations in stamp order, where an operation that
 * creates a value of another type first removes the key, and one that only removes elements of
 * another type does nothing.
 */
final class Decider {
  /** An expiry that is due within this time may be due at the server already. */
  private static final long EXPIRY_MARGIN_MILLIS = 1000;

  private final CommandTable table;
  private final Window window;
  private final Facts facts;
  private final long nowMillis;
  private final Emissions out = new Emissions();
  private final Map<DbKey, KeyWriter> writers = new HashMap<>();
  private final BatchSoFar batch;
  private final Referee referee;
  private final StoreWriter stores;
  private long skipped;
  private long verbatim;

  Decider(CommandTable table, Window window, Facts facts, long nowMillis) {
    this.table = table;
    this.window = window;
    this.facts = facts;
    this.nowMillis = nowMillis;
    this.referee = new Referee(window);
    this.batch = new BatchSoFar(window);
    this.stores = new StoreWriter(window, this::writer, batch::of, out);
  }

  Decision decide(List<ChangeUnit> units) {
    for (ChangeUnit unit : units) {
      for (Change change : unit.changes()) {
        for (Op op : table.parse(change, unit.hlc())) {
          decide(unit, change, op);
        }
      }
      stores.reach(unit);
    }
    return new Decision(out.toList(), skipped, verbatim, out.impossible(), referee.contests());
  }

  /** Decides one unit but for its flushes, and but for what they remove again. */
  Decision decideBesideFlushes(ChangeUnit unit) {
    List<Op> operations = new ArrayList<>();
    List<Change> changes = new ArrayList<>();
    for (Change change : unit.changes()) {
      for (Op op : table.parse(change, unit.hlc())) {
        operations.add(op);
        changes.add(change);
      }
    }
    for (int i = 0; i < operations.size(); i++) {
      Op op = operations.get(i);
      List<Op> behind = operations.subList(i, operations.size());
      if (!(op instanceof Op.Flush) && !FlushDecider.isFlushedBy(behind, op)) {
        decide(unit, changes.get(i), op);
      }
    }
    return new Decision(out.toList(), skipped, verbatim, out.impossible(), referee.contests());
  }

  private void decide(ChangeUnit unit, Change change, Op op) {
    Stamp stamp = unit.stamp(change);
    long before = skipped;
    decide(stamp, unit.seen(), op);
    referee.judge(stamp, unit.seen(), op, skipped > before, Taken.plain(change.args()));
    batch.note(new Sighted(stamp, unit.seen(), op));
  }

  /** Decides single operations, each of which counts as executed for those behind it. */
  Decision decideAll(List<Recording.Recorded> operations) {
    for (Recording.Recorded each : operations) {
      decide(each.stamp(), each.seen(), each.op());
      window.add(each.stamp(), each.seen(), each.op());
    }
    return new Decision(out.toList(), skipped, verbatim, out.impossible(), referee.contests());
  }

  /** Decides operations that are in the window and were not executed. */
  Decision decideAgain(List<Recording.Recorded> operations) {
    operations.forEach(each -> decide(each.stamp(), each.seen(), each.op()));
    return new Decision(out.toList(), skipped, verbatim, out.impossible(), referee.contests());
  }

  private void decide(Stamp stamp, VersionVector seen, Op op) {
    if (op instanceof Op.Flush) {
      throw new IllegalArgumentException("a flush is not decided in a batch");
    }
    if (op instanceof Op.State state) {
      decideState(stamp, seen, state);
    } else if (op instanceof Op.Expired expired) {
      decideExpired(stamp, seen, expired);
    } else if (!op.keys().isEmpty() && isPast(stamp, op)) {
      skipped++;
    } else if (op instanceof Op.Library library) {
      skipped += LibraryWriter.write(stamp, library, window.libraries(), out) ? 0 : 1;
    } else if (op instanceof Op.Opaque opaque) {
      decideOpaque(new Sighted(stamp, seen, opaque.seenBy(seen)));
    } else if (op instanceof Op.Replace replace) {
      decideReplace(new Sighted(stamp, seen, op), replace);
    } else if (op instanceof Op.Delete delete) {
      KeyWriter writer = writer(delete.key());
      writer.delete();
      writer.redo(redoAfter(new Sighted(stamp, seen, op)));
    } else {
      decideElements(new Sighted(stamp, seen, op), (Op.Elements) op);
    }
  }

  /** Executed where it can be; who finds that the order was wrong makes it good by state. */
  private void decideOpaque(Sighted next) {
    Op.Opaque op = (Op.Opaque) next.op();
    Stamp stamp = next.stamp();
    if (StoreTraits.stores(op)) {
      KeyWriter writer = stores.write(stamp, next.seen(), op);
      writer.redo(redoAfter(next));
      verbatim++;
      return;
    }
    if (!op.sources().isEmpty() && !stores.canRun(op)) {
      window.lacks(op.keys(), stamp);
      skipped++;
      return;
    }
    ValueType type = OpaqueTraits.type(op);
    boolean creates = OpaqueTraits.creates(op);
    for (DbKey key : op.keys()) {
      boolean typed = type != ValueType.OTHER;
      ValueType there = writer(key).shadow().type();
      boolean otherType = typed && there != type && there != ValueType.NONE;
      boolean lateOfOtherType = typed && window.of(key).isOtherTypeAfter(stamp, type);
      if (lateOfOtherType && op.keys().size() == 1) {
        startAnew(writer(key), creates, List.of(), redoAfter(next));
        return;
      }
      if (lateOfOtherType || (otherType && !creates)) {
        skipped++;
        return;
      }
      if (otherType) {
        writer(key).delete();
      }
    }
    ListWriter.execute(stamp, op, batch::of, out);
    op.keys().forEach(key -> writer(key).shadow().changed(creates ? type : ValueType.OTHER));
    redoMissed(stamp, op);
    if (creates && op.keys().size() == 1) {
      DbKey key = op.keys().get(0);
      redoExpiry(next, writer(key));
    }
    verbatim++;
  }

  /** A later pop that came first has not found here what this one adds. */
  private void redoMissed(Stamp stamp, Op.Opaque op) {
    if (op.keys().size() == 1) {
      DbKey key = op.keys().get(0);
      writer(key).redo(ListMerge.missed(batch.of(key), stamp, op));
    }
  }

  /** The state, and on top of it what its node had not seen. */
  private void decideState(Stamp stamp, VersionVector seen, Op.State op) {
    if (!window.takes(stamp, seen, op)) {
      skipped++;
      return;
    }
    KeyWriter writer = writer(op.key());
    writer.restore(op);
    writer.redo(window.uncoveredBy(stamp, seen, op.key()));
    if (op.type() == ValueType.STREAM) {
      StateBase state = new StateBase(stamp, seen, op.type());
      window.streams().of(op.key()).eachTrimOnTop(state, writer::trim);
    }
  }

  private void decideExpired(Stamp stamp, VersionVector seen, Op.Expired op) {
    if (window.expires(stamp, seen, op.key())) {
      writer(op.key()).delete();
    } else {
      skipped++;
    }
  }

  private void decideReplace(Sighted next, Op.Replace op) {
    Stamp stamp = next.stamp();
    KeyWindow key = window.of(op.key());
    KeyWriter writer = writer(op.key());
    if (key.isRemovedAfter(stamp) || key.isOtherTypeAfter(stamp, op.type())) {
      startAnew(writer, true, List.of(), redoAfter(next));
    } else {
      writer.replace(op.type(), op.command());
      writer.redo(redoAfter(next));
    }
  }

  private KeyWindow withBatch(Sighted next) {
    return batch.of(next.op().keys().get(0)).with(List.of(next));
  }

  private List<LaterOp> redoAfter(Sighted next) {
    DbKey name = next.op().keys().get(0);
    KeyWindow key = window.of(name);
    List<LaterOp> redo =
        key.hasParts() || batch.contains(name)
            ? withBatch(next).redoAfter(next.stamp())
            : List.of();
    return window.streams().withLastId(name, key, next.stamp(), redo);
  }

  /** True if it is overwritten, or in by way of a published state. */
  private boolean isPast(Stamp stamp, Op op) {
    return op.keys().stream()
        .allMatch(
            key ->
                window.of(key).isPast(stamp, op)
                    || window.of(key).isInState(stamp)
                    || window.isFlushedAfter(stamp, key.db()));
  }

  private void decideElements(Sighted next, Op.Elements op) {
    Stamp stamp = next.stamp();
    KeyWindow key = window.policy().isSpecial(op.key()) ? batch.of(op.key()) : window.of(op.key());
    KeyWriter writer = writer(op.key());
    if (op.type() == ValueType.NONE) {
      decideExpiry(next, op, key.after(stamp));
    } else if (key.isOtherTypeAfter(stamp, op.type())) {
      startAnew(writer, op.creates(), List.of(), redoAfter(next));
    } else if (writer.shadow().type() != op.type() && writer.shadow().type() != ValueType.NONE) {
      startAnew(writer, op.creates(), Outcomes.living(next, op, key), redoAfter(next));
    } else if (op.type() == ValueType.STREAM) {
      skipped += new StreamMerge(key, window.streams(), writer, next).merge(op.ops());
      redoExpiryOfCreated(next, op, key, writer);
    } else {
      mergeElements(next, op, key, writer);
    }
  }

  /** The type changes: what was there before goes, unless the operation only removes. */
  private void startAnew(
      KeyWriter writer, boolean creates, List<ElementOp> ops, List<LaterOp> later) {
    if (!creates) {
      skipped++;
      return;
    }
    if (ops.stream().anyMatch(ElementOp::keepsExpiryOfOtherType)) {
      window.doubtExpiry(writer.key());
    } else {
      writer.delete();
    }
    ops.forEach(writer::write);
    writer.redo(later);
  }

  private void mergeElements(Sighted next, Op.Elements op, KeyWindow key, KeyWriter writer) {
    List<ElementOp> plain = new ArrayList<>();
    for (ElementOp each : op.ops()) {
      Optional<List<ElementOp>> outcome = key.outcome(next.stamp(), next.seen(), each);
      if (outcome.isPresent()) {
        writeOutcome(outcome.get(), writer, plain);
      } else if (key.isOverwrittenAfter(next.stamp(), each.element())
          || StateBase.outlives(key, each)) {
        skipped++;
      } else {
        mergeElement(next.stamp(), each, key, writer, plain);
      }
    }
    writer.writeAll(plain);
    redoExpiryOfCreated(next, op, key, writer);
  }

  /** A removal may empty the key, and what is executed again behind it creates it anew. */
  private void redoExpiryOfCreated(Sighted next, Op.Elements op, KeyWindow key, KeyWriter writer) {
    if (op.creates()
        || op.ops().stream().anyMatch(each -> isModifiedAfter(next.stamp(), each, key))) {
      redoExpiry(next, writer);
    }
  }

  private void writeOutcome(List<ElementOp> writes, KeyWriter writer, List<ElementOp> plain) {
    skipped += writes.isEmpty() ? 1 : 0;
    if (writes.size() == 1) {
      plain.addAll(writes);
    } else {
      writes.forEach(writer::write);
    }
  }

  private static boolean isModifiedAfter(Stamp stamp, ElementOp op, KeyWindow key) {
    return !key.modifiersAfter(stamp, op.element()).isEmpty();
  }

  private static void mergeElement(
      Stamp stamp, ElementOp op, KeyWindow key, KeyWriter writer, List<ElementOp> plain) {
    if (op instanceof ElementOp.Add) {
      plain.add(op);
      return;
    }
    List<LaterOp> modifiers = key.modifiersAfter(stamp, op.element());
    if (op instanceof ElementOp.Bound bound) {
      writer.write(LateBound.raisedBy(bound, modifiers));
    } else if (modifiers.isEmpty()) {
      plain.add(op);
    } else {
      writer.write(op);
      writer.redo(modifiers);
    }
  }

  /** A later time to live may have found no key here, for want of this creation. */
  private void redoExpiry(Sighted next, KeyWriter writer) {
    KeyWindow key =
        window.policy().isSpecial(writer.key()) ? withBatch(next) : window.of(writer.key());
    Stamp from = key.expiriesFrom(next);
    if (!key.expiriesAfter(from).isEmpty()) {
      withBatch(next).expiryBehind(from).ifPresent(expiry -> writer.redo(List.of(expiry)));
    }
  }

  private void decideExpiry(Sighted next, Op.Elements op, List<LaterOp> later) {
    KeyWindow key = batch.of(op.key());
    ElementOp expiry = op.ops().get(0);
    List<LaterOp> creators = later.stream().filter(each -> each.op().creates()).toList();
    boolean lost =
        expiry instanceof ElementOp.Put && !creators.isEmpty() && !key.keepsExpiryOf(next.stamp());
    List<ElementOp> writes =
        key.outcome(next.stamp(), next.seen(), expiry)
            .orElse(
                key.isOverwrittenAfter(next.stamp(), Element.EXPIRY) ? List.of() : List.of(expiry));
    if (lost || writes.isEmpty()) {
      skipped++;
    } else if (isDue(writes.get(0)) && !creators.isEmpty()) {
      startAnew(writer(op.key()), true, List.of(), later);
    } else {
      writer(op.key()).write(writes.get(0));
    }
  }

  private boolean isDue(ElementOp expiry) {
    return expiry instanceof ElementOp.Put put
        && Text.integer(put.value()).orElse(Long.MAX_VALUE) <= nowMillis + EXPIRY_MARGIN_MILLIS;
  }

  private KeyWriter writer(DbKey key) {
    return writers.computeIfAbsent(key, k -> new KeyWriter(k, new KeyShadow(k, facts), out));
  }
}
