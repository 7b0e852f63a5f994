package io.norn.merge;

import io.norn.command.ElementOp;
import io.norn.command.Scores;
import io.norn.window.LaterOp;
import java.util.List;
import java.util.OptionalDouble;

/** Bounds of scores ({@code ZADD GT}, {@code LT}) that come after what was executed behind them. */
final class LateBound {
  private LateBound() {}

  /** A bound under later increments: where the score would be had they come after it. */
  static ElementOp raisedBy(ElementOp.Bound bound, List<LaterOp> modifiers) {
    OptionalDouble score = Scores.parse(bound.score());
    double sum = 0;
    for (LaterOp later : modifiers) {
      if (later.op() instanceof ElementOp.Add add) {
        sum += Scores.parse(add.delta()).orElse(0);
      }
    }
    return sum == 0 || score.isEmpty()
        ? bound
        : new ElementOp.Bound(
            bound.element(), Scores.format(score.getAsDouble() + sum), bound.flag());
  }
}
