package io.norn.agent;

import io.norn.agent.node.Checkpoint;
import io.norn.agent.node.SmallFile;
import io.norn.apply.NodeMonitor;
import io.norn.merge.MergeState;
import io.norn.merge.RestartPlaces;
import java.io.IOException;

/**
 * Moves the place from which the window can be built again: notes places now and then, and writes
 * one to disk when everything before it has been forgotten.
 */
final class Checkpoints {
  private final NodeMonitor monitor;
  private final SmallFile file;
  private final RestartPlaces places;
  private Checkpoint written;
  private boolean frozen;

  Checkpoints(NodeMonitor monitor, SmallFile file, Checkpoint start) {
    this.monitor = monitor;
    this.file = file;
    this.written = start;
    this.places = new RestartPlaces(start.state());
  }

  /** To be called every second or so. */
  synchronized void move() throws IOException {
    Checkpoint usable = frozen ? null : monitor.with(state -> usable(state, places));
    if (usable != null) {
      file.write(usable.encode());
      written = usable;
    }
  }

  private static Checkpoint usable(MergeState state, RestartPlaces places) {
    RestartPlaces.Place place = places.advance(state);
    return place == null
        ? null
        : new Checkpoint(
            state.ownStream(), place.start(), place.applied(), state.increments().settledUpto());
  }

  /**
   * Writes no more. While a node stops, markers pass by whose changes no longer enter the window,
   * so what it has forgotten says nothing.
   */
  synchronized void freeze() {
    frozen = true;
  }

  /** The place that is on disk. */
  synchronized Checkpoint written() {
    return written;
  }
}
