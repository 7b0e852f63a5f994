package io.norn.sim.mesh;

import io.norn.stream.DecoderState;
import io.norn.stream.VersionVector;

/**
 * From where a restarted agent rebuilds its window.
 *
 * @param start place in the own stream before which everything is forgotten
 * @param applied the version vector there
 */
record Checkpoint(DecoderState start, VersionVector applied) {
  static final Checkpoint FIRST = new Checkpoint(DecoderState.at(0), VersionVector.EMPTY);
}
