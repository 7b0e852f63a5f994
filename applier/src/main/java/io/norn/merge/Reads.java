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

/**
 * What must be watched and read before a batch can be decided.
 *
 * @param watched all keys of the batch
 * @param typed keys whose type matters
 * @param numbers counters whose value decides whether a command would fail
 */
public record Reads(Set<DbKey> watched, Set<DbKey> typed, Map<DbKey, Set<Element>> numbers) {

  static Reads of(List<ChangeUnit> units, CommandTable table) {
    Reads reads = new Reads(new LinkedHashSet<>(), new LinkedHashSet<>(), new LinkedHashMap<>());
    for (ChangeUnit unit : units) {
      for (Change change : unit.changes()) {
        table.parse(change, unit.hlc()).forEach(reads::add);
      }
    }
    return reads;
  }

  private void add(Op op) {
    watched.addAll(op.keys());
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
}
