package io.norn.sim.mesh;

import io.norn.clock.StreamId;
import io.norn.stream.DecoderState;
import io.norn.stream.VersionVector;
import java.util.Map;

/**
 * From where a restarted agent rebuilds its window.
 *
 * @param start place in the own stream before which everything is forgotten
 * @param applied the version vector there
 * @param settledUpto place in the own stream up to which increments were accounted for
 * @param forgotten up to where nothing was remembered any more when it was saved
 */
record Checkpoint(
    DecoderState start, VersionVector applied, long settledUpto, Map<StreamId, Long> forgotten) {
  static final Checkpoint FIRST =
      new Checkpoint(DecoderState.at(0), VersionVector.EMPTY, 0, Map.of());
}
