package io.norn.sim.mesh;

import io.norn.stream.DecoderState;

/** The state with which a reader resumes. */
final class Resumption {
  private Resumption() {}

  static DecoderState of(DecoderState saved, Mutation mutation) {
    return mutation == Mutation.RESUME_WITHOUT_LARGEST
        ? new DecoderState(saved.offset(), saved.db(), 0)
        : saved;
  }
}
