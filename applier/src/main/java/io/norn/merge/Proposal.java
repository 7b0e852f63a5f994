package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.stream.StreamItem.ChangeUnit;
import java.util.List;
import java.util.Map;

/**
 * The next changes to apply, not decided yet.
 *
 * @param units in stamp order
 * @param reads what to watch and to read for them
 * @param base for each stream of the units: up to where it must have been applied when they are
 *     decided
 */
public record Proposal(List<ChangeUnit> units, Reads reads, Map<StreamId, Long> base) {

  /**
   * True if the proposal is one unit that removes whole databases: it is carried out key by key.
   */
  public boolean isFlush() {
    return units.size() == 1 && Proposer.isFlush(units.get(0));
  }
}
