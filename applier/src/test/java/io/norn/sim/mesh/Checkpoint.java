package io.norn.sim.mesh;

import io.norn.stream.DecoderState;
import io.norn.stream.VersionVector;

/**
 * From where a restarted agent rebuilds its window.
 *
 * @param start place in the own stream before which everything is forgotten
 * @param applied the version vector there
 * @param settledUpto place in the own stream up to which increments were accounted for
 */
record Checkpoint(DecoderState start, VersionVector applied, long settledUpto) {
  static final Checkpoint FIRST = new Checkpoint(DecoderState.at(0), VersionVector.EMPTY, 0);
}
