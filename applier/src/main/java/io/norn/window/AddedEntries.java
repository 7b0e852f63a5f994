package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ElementOp;
import io.norn.command.EntryId;
import io.norn.command.StreamElement;
import io.norn.command.StreamElement.Kind;
import io.norn.command.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Entries that were added to a stream, whether they are there or not: a removal of the stream that
 * had not seen one leaves a stream, perhaps an empty one, with a last ID that is not below.
 */
final class AddedEntries {
  private Map<Stamp, EntryId> ids = Map.of();

  void addAll(AddedEntries others) {
    ids = others.ids.isEmpty() ? Map.of() : new HashMap<>(others.ids);
  }

  void add(Stamp stamp, ElementOp op) {
    boolean isEntry =
        op instanceof ElementOp.Put
            && op.element().type() == ValueType.STREAM
            && StreamElement.kind(op.element()) == Kind.ENTRY;
    if (isEntry) {
      ids = ids.isEmpty() ? new HashMap<>(4) : ids;
      ids.merge(stamp, StreamElement.id(op.element()), AddedEntries::last);
    }
  }

  private static EntryId last(EntryId one, EntryId other) {
    return one.compareTo(other) > 0 ? one : other;
  }

  void endedBy(Predicate<Stamp> which) {
    if (!ids.isEmpty()) {
      ids.keySet().removeIf(which);
    }
  }

  void forget(StreamId origin, long upto) {
    endedBy(stamp -> ElementWindow.isCovered(stamp, origin, upto));
  }

  /** The operations that are executed behind a removal, and before them what makes the stream. */
  List<LaterOp> madeFor(List<LaterOp> later) {
    if (ids.isEmpty()) {
      return later;
    }
    Stamp stamp = ids.keySet().stream().max(Stamp::compareTo).orElseThrow();
    EntryId id = ids.values().stream().max(EntryId::compareTo).orElseThrow();
    List<LaterOp> made = new ArrayList<>();
    made.add(new LaterOp(stamp, new ElementOp.Put(StreamElement.LAST_ID, id.text())));
    made.addAll(later);
    return made;
  }
}
