package io.norn.merge;

import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.window.KeyWindow;
import io.norn.window.Sighted;
import java.util.List;
import java.util.Optional;

/** What operations on elements come to where a policy decides. */
final class Outcomes {
  /** It has no effect. */
  static final Optional<List<ElementOp>> NOTHING = Optional.of(List.of());

  private Outcomes() {}

  /** The operations without what has ended already, by a delete that saw it. */
  static List<ElementOp> living(Sighted next, Op.Elements op, KeyWindow key) {
    return op.ops().stream()
        .filter(each -> !key.outcome(next.stamp(), next.seen(), each).equals(NOTHING))
        .toList();
  }
}
