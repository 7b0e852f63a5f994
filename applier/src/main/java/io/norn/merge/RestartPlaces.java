package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.stream.DecoderState;
import io.norn.stream.Progress;
import io.norn.stream.VersionVector;
import java.util.ArrayDeque;
import java.util.Map;

/**
 * Places of the own stream from which the window can be built again: notes where it stands now and
 * then, and tells the last of which everything before it has been forgotten.
 */
public final class RestartPlaces {
  private static final int MAX_NOTED = 600;

  private final ArrayDeque<Place> noted = new ArrayDeque<>();
  private long lastOffset;

  /**
   * Begins to note places.
   *
   * @param start where reading the own stream began
   */
  public RestartPlaces(DecoderState start) {
    this.lastOffset = start.offset();
  }

  /**
   * A place.
   *
   * @param start of the own stream
   * @param applied version vector there
   */
  public record Place(DecoderState start, VersionVector applied) {}

  /** Notes the present place; answers one that can be used from now on, null for none. */
  public Place advance(MergeState state) {
    if (lastOffset < state.processed().offset() && noted.size() < MAX_NOTED) {
      noted.add(new Place(state.processed(), state.applied()));
      lastOffset = state.processed().offset();
    }
    Place usable = null;
    while (!noted.isEmpty() && isForgotten(state, noted.peek())) {
      usable = noted.poll();
    }
    return usable;
  }

  /**
   * Nothing that is remembered stands before it, in the own stream or in what is applied of others.
   */
  private static boolean isForgotten(MergeState state, Place place) {
    if (state.window().oldest(state.ownStream()) <= place.start().offset()) {
      return false;
    }
    for (Map.Entry<StreamId, Progress> entry : place.applied().entries().entrySet()) {
      if (state.window().oldest(entry.getKey()) <= entry.getValue().offset()) {
        return false;
      }
    }
    return state.window().unsureExpiries().isEmpty();
  }
}
