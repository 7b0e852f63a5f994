package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.StreamElement;
import io.norn.stream.StreamItem.ChangeUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What cannot be in one batch with something before it, because to decide it the window must hold
 * that, or because it must be read from the server what it came to.
 */
final class Seals {
  private final Map<DbKey, Set<StreamId>> written = new HashMap<>();
  private final Set<DbKey> sealed = new HashSet<>();

  /** Adds the unit to the batch; false if it must wait for another one. */
  boolean admits(ChangeUnit unit, List<Op> ops) {
    if (!ops.stream().allMatch(op -> fits(op, unit.origin()))) {
      return false;
    }
    ops.forEach(op -> add(op, unit.origin()));
    return true;
  }

  private boolean fits(Op op, StreamId origin) {
    if (op.keys().stream().anyMatch(sealed::contains)) {
      return false;
    }
    return op instanceof Op.Opaque opaque
        ? opaque.sources().stream().allMatch(key -> isOnlyOf(key, origin))
        : !isState(op) || op.keys().stream().noneMatch(written::containsKey);
  }

  /** What a command reads must be what it was at its node. */
  private boolean isOnlyOf(DbKey key, StreamId origin) {
    return !sealed.contains(key)
        && written.getOrDefault(key, Set.of(origin)).equals(Set.of(origin));
  }

  private void add(Op op, StreamId origin) {
    for (DbKey key : op.keys()) {
      written.computeIfAbsent(key, k -> new HashSet<>(2)).add(origin);
      if (isState(op) || (op instanceof Op.Opaque opaque && !opaque.sources().isEmpty())) {
        sealed.add(key);
      }
    }
  }

  private static boolean isState(Op op) {
    return op instanceof Op.State || op instanceof Op.Expired || isTrim(op);
  }

  /** What is left of a stream spares what came before it from others. */
  private static boolean isTrim(Op op) {
    return op instanceof Op.Elements elements
        && elements.ops().get(0) instanceof ElementOp.Put put
        && put.element().equals(StreamElement.TRIM);
  }
}
