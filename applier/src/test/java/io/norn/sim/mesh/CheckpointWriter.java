package io.norn.sim.mesh;

import io.norn.clock.StreamId;
import io.norn.merge.MergeState;
import io.norn.stream.DecoderState;
import io.norn.stream.StreamItem;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.stream.VersionVector;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Notes places of the own stream, and saves the last one of which everything before it is
 * forgotten: from there the window can be built again.
 */
final class CheckpointWriter {
  private final NodeDisk disk;
  private final MergeState state;
  private final ArrayDeque<Place> places = new ArrayDeque<>();
  private final Map<StreamId, NavigableMap<Long, VersionVector>> seen = new HashMap<>();

  CheckpointWriter(NodeDisk disk, MergeState state) {
    this.disk = disk;
    this.state = state;
    disk.checkpoint()
        .seen()
        .forEach(
            (stream, vector) ->
                seenOf(stream).put(disk.checkpoint().applied().offset(stream), vector));
  }

  private record Place(DecoderState start, VersionVector applied) {}

  private NavigableMap<Long, VersionVector> seenOf(StreamId stream) {
    return seen.computeIfAbsent(stream, name -> new TreeMap<>());
  }

  /** Remembers what a peer knew behind one of its changes. */
  void note(StreamId stream, StreamItem item) {
    if (item instanceof ChangeUnit unit) {
      seenOf(stream).put(unit.endOffset(), unit.seen());
    }
  }

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
    if (last != null && !state.window().isUnsure()) {
      save(last);
    }
  }

  private boolean isForgotten(Place place) {
    return state.forgetting().safe(state.ownStream()) >= place.start().offset()
        && place.applied().entries().entrySet().stream()
            .allMatch(
                entry -> state.forgetting().safe(entry.getKey()) >= entry.getValue().offset());
  }

  private void save(Place place) {
    Map<StreamId, VersionVector> vectors = new HashMap<>();
    for (StreamId stream : place.applied().entries().keySet()) {
      long offset = place.applied().offset(stream);
      vectors.put(stream, seenOf(stream).getOrDefault(offset, VersionVector.EMPTY));
      seenOf(stream).headMap(offset).clear();
    }
    disk.save(new Checkpoint(place.start(), place.applied(), vectors));
  }
}
