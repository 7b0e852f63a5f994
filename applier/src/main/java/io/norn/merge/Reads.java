package io.norn.merge;

import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.ValueType;
import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * What must be watched and read before a batch can be decided.
 *
 * @param watched all keys of the batch
 * @param typed keys whose type matters
 * @param numbers counters whose value decides whether a command would fail
 */
public record Reads(Set<DbKey> watched, Set<DbKey> typed, Map<DbKey, Set<Element>> numbers) {

  /**
   * Plans them.
   *
   * @param free true for counters that need not be watched if the batch only increments them
   */
  static Reads of(List<ChangeUnit> units, CommandTable table, BiPredicate<DbKey, ValueType> free) {
    Reads reads = new Reads(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
    for (ChangeUnit unit : units) {
      for (Change change : unit.changes()) {
        table.parse(change, unit.hlc()).forEach(op -> reads.add(op, free));
      }
    }
    return reads;
  }

  private void add(Op op, BiPredicate<DbKey, ValueType> free) {
    Element counter = Deltas.counterOf(op);
    if (counter == null || !free.test(op.keys().get(0), counter.type())) {
      watched.addAll(op.keys());
    }
    if (op instanceof Op.Opaque opaque) {
      watched.addAll(opaque.sources());
      typed.addAll(op.keys());
      typed.addAll(opaque.sources());
    }
    if (op instanceof Op.Elements elements) {
      typed.add(elements.key());
      for (ElementOp each : elements.ops()) {
        if (each instanceof ElementOp.Add && each.element().type() != ValueType.ZSET) {
          numbers.computeIfAbsent(elements.key(), k -> new LinkedHashSet<>()).add(each.element());
        }
      }
    }
  }

  /** Counters that the batch increments without watching them, with their types. */
  Map<DbKey, ValueType> unwatchedCounters() {
    Map<DbKey, ValueType> counters = new LinkedHashMap<>();
    numbers.forEach(
        (key, elements) -> {
          if (!watched.contains(key)) {
            counters.put(key, elements.iterator().next().type());
          }
        });
    return counters;
  }
}
