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
 * @param seen for each peer's stream: what that peer had applied at the place where reading it
 *     begins
 */
record Checkpoint(DecoderState start, VersionVector applied, Map<StreamId, VersionVector> seen) {
  static final Checkpoint FIRST = new Checkpoint(DecoderState.at(0), VersionVector.EMPTY, Map.of());
}
