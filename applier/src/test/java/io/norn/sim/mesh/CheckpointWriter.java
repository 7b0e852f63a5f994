package io.norn.sim.mesh;

import io.norn.merge.MergeState;
import io.norn.merge.RestartPlaces;

/** Saves from where a restarted agent can build its window again. */
final class CheckpointWriter {
  private final NodeDisk disk;
  private final MergeState state;
  private final Mutation mutation;
  private final RestartPlaces places;

  CheckpointWriter(NodeDisk disk, MergeState state, Mutation mutation) {
    this.mutation = mutation;
    this.disk = disk;
    this.state = state;
    this.places = new RestartPlaces(state.processed());
  }

  /** Notes the present place and saves what can be saved. */
  void advance() {
    RestartPlaces.Place usable =
        mutation == Mutation.RESTART_ANYWHERE
            ? new RestartPlaces.Place(state.processed(), state.applied())
            : places.advance(state);
    if (usable != null) {
      disk.save(new Checkpoint(usable.start(), usable.applied(), state.increments().settledUpto()));
    }
  }
}
