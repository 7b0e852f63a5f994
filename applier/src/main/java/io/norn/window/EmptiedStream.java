package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.ElementOp;
import io.norn.command.EntryId;
import io.norn.command.StreamElement;
import io.norn.command.StreamElement.Kind;
import io.norn.command.ValueType;
import java.util.ArrayList;
import java.util.List;

/** A stream is there though all that was added to it has been removed again. */
final class EmptiedStream {
  private EmptiedStream() {}

  /** The later operations, and before them one that makes the stream if none of them does. */
  static List<LaterOp> madeFor(KeyWindow key, Stamp stamp, List<LaterOp> later) {
    boolean isStream =
        key.hasCreationAfter(stamp) && !key.isOtherTypeAfter(stamp, ValueType.STREAM);
    if (!isStream || later.stream().anyMatch(each -> each.op().creates())) {
      return later;
    }
    EntryId last = EntryId.FIRST;
    for (LaterOp each : later) {
      if (each.op().element().type() == ValueType.STREAM
          && StreamElement.kind(each.op().element()) == Kind.ENTRY) {
        EntryId id = StreamElement.id(each.op().element());
        last = id.compareTo(last) > 0 ? id : last;
      }
    }
    List<LaterOp> made = new ArrayList<>();
    made.add(new LaterOp(stamp, new ElementOp.Put(StreamElement.LAST_ID, last.text())));
    made.addAll(later);
    return made;
  }
}
