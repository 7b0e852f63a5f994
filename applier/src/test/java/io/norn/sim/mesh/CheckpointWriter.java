package io.norn.sim.mesh;

import io.norn.merge.MergeState;
import io.norn.stream.DecoderState;
import io.norn.stream.VersionVector;
import java.util.ArrayDeque;

/**
 * Notes places of the own stream, and saves the last one of which everything before it is
 * forgotten: from there the window can be built again.
 */
final class CheckpointWriter {
  private final NodeDisk disk;
  private final MergeState state;
  private final ArrayDeque<Place> places = new ArrayDeque<>();

  CheckpointWriter(NodeDisk disk, MergeState state) {
    this.disk = disk;
    this.state = state;
  }

  private record Place(DecoderState start, VersionVector applied) {}

  /** Notes the present place and saves what can be saved. */
  void advance() {
    boolean isNew =
        places.isEmpty() || places.peekLast().start().offset() < state.processed().offset();
    if (isNew) {
      places.add(new Place(state.processed(), state.applied()));
    }
    Place last = null;
    while (!places.isEmpty() && isForgotten(places.peek())) {
      last = places.poll();
    }
    if (last != null && isSettled()) {
      disk.save(new Checkpoint(last.start(), last.applied(), state.increments().settledUpto()));
    }
  }

  private boolean isSettled() {
    return !state.window().isUnsure() && state.window().unordered().cases().isEmpty();
  }

  private boolean isForgotten(Place place) {
    return state.forgetting().safe(state.ownStream()) >= place.start().offset()
        && place.applied().entries().entrySet().stream()
            .allMatch(
                entry -> state.forgetting().safe(entry.getKey()) >= entry.getValue().offset());
  }
}
