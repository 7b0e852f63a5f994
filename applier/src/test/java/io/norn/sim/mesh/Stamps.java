package io.norn.sim.mesh;

import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The stamps that readers give to commands: all readers must give the same one, whenever they
 * began.
 */
final class Stamps {
  private final Map<Place, Long> known = new HashMap<>();
  private final Consumer<String> complain;

  Stamps(Consumer<String> complain) {
    this.complain = complain;
  }

  private record Place(String stream, long offset) {}

  void check(ChangeUnit unit) {
    String stream = unit.origin().toString();
    for (Change change : unit.changes()) {
      check(new Place(stream, change.endOffset()), unit.hlc());
    }
  }

  void check(StampedOp op) {
    check(new Place(op.node(), op.offset()), op.hlc());
  }

  private void check(Place place, long hlc) {
    Long before = known.putIfAbsent(place, hlc);
    if (before != null && before != hlc) {
      complain.accept(place + " is stamped " + before + " and " + hlc);
    }
  }
}
