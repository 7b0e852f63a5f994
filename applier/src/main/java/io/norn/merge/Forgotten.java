package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.window.Window;
import java.util.HashMap;
import java.util.Map;

/** What a node need not remember any more, for its successor after a restart. */
public final class Forgotten {
  private Forgotten() {}

  /** Offset up to which everything that was read is forgotten, by stream. */
  public static Map<StreamId, Long> of(MergeState state) {
    Map<StreamId, Long> upto = new HashMap<>();
    Window window = state.window();
    state
        .applied()
        .entries()
        .forEach((stream, at) -> upto.put(stream, upto(window, stream, at.offset())));
    upto.put(state.ownStream(), upto(window, state.ownStream(), state.processed().offset()));
    return upto;
  }

  private static long upto(Window window, StreamId stream, long read) {
    return Math.min(read, window.oldest(stream) - 1);
  }
}
