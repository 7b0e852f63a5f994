package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.Text;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.ToLongFunction;

/**
 * Takes the next units of all peers in stamp order, never a part of a transaction, until a limit is
 * reached.
 */
final class Proposer {
  private final CommandTable table;
  private final BiPredicate<DbKey, ValueType> free;

  /**
   * Prepares it.
   *
   * @param free true for counters that need not be watched while they are only incremented
   */
  Proposer(CommandTable table, BiPredicate<DbKey, ValueType> free) {
    this.table = table;
    this.free = free;
  }

  /** One stream's next unit and those behind it. */
  private record Head(ChangeUnit unit, Iterator<ChangeUnit> rest) {}

  /**
   * The next batch.
   *
   * @param from up to where a stream is applied, or on its way to be
   * @return null if nothing waits
   */
  Proposal propose(Collection<Inbox> inboxes, ToLongFunction<StreamId> from, BatchLimits limits) {
    PriorityQueue<Head> heads =
        new PriorityQueue<>(Comparator.comparing((Head head) -> head.unit().stamp()));
    for (Inbox inbox : inboxes) {
      push(heads, inbox.unitsAfter(from.applyAsLong(inbox.stream())));
    }
    List<ChangeUnit> units = new ArrayList<>();
    Map<StreamId, Long> base = new HashMap<>();
    Set<DbKey> keys = new HashSet<>();
    Seals seals = new Seals();
    long bytes = 0;
    while (!heads.isEmpty()) {
      Head head = heads.poll();
      ChangeUnit unit = head.unit();
      List<Op> ops = operations(unit);
      if (!seals.admits(unit, ops)) {
        break;
      }
      bytes += Change.bytesOf(unit.changes());
      ops.forEach(op -> keys.addAll(op.keys()));
      boolean full = keys.size() > limits.maxKeys() || bytes > limits.maxBytes();
      if (!units.isEmpty() && (full || isFlush(unit))) {
        break;
      }
      units.add(unit);
      base.computeIfAbsent(unit.origin(), from::applyAsLong);
      if (full || isFlush(unit)) {
        break;
      }
      push(heads, head.rest());
    }
    return units.isEmpty() ? null : new Proposal(units, reads(units), base);
  }

  private Reads reads(List<ChangeUnit> units) {
    return Reads.of(units, table, isFlush(units.get(0)) ? (key, type) -> false : free);
  }

  private static void push(PriorityQueue<Head> heads, Iterator<ChangeUnit> units) {
    if (units.hasNext()) {
      heads.add(new Head(units.next(), units));
    }
  }

  private List<Op> operations(ChangeUnit unit) {
    return unit.changes().stream()
        .flatMap(change -> table.parse(change, unit.hlc()).stream())
        .toList();
  }

  static boolean isFlush(ChangeUnit unit) {
    return unit.changes().stream()
        .anyMatch(
            change ->
                Text.is(change.args()[0], "FLUSHALL") || Text.is(change.args()[0], "FLUSHDB"));
  }
}
