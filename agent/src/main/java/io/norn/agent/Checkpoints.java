package io.norn.agent;

import io.norn.agent.node.Checkpoint;
import io.norn.agent.node.SmallFile;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.merge.MergeState;
import io.norn.stream.Progress;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;

/**
 * Moves the place from which the window can be built again: notes places now and then, and writes
 * one to disk when everything before it has been forgotten.
 */
final class Checkpoints {
  private static final int MAX_NOTED = 600;

  private final NodeMonitor monitor;
  private final SmallFile file;
  private final ArrayDeque<Checkpoint> noted = new ArrayDeque<>();
  private Checkpoint written;
  private boolean frozen;

  Checkpoints(NodeMonitor monitor, SmallFile file, Checkpoint start) {
    this.monitor = monitor;
    this.file = file;
    this.written = start;
  }

  /** To be called every second or so. */
  synchronized void move() throws IOException {
    Checkpoint usable = frozen ? null : monitor.with(this::note);
    if (usable != null) {
      file.write(usable.encode());
      written = usable;
    }
  }

  private Checkpoint note(MergeState state) {
    Checkpoint now = new Checkpoint(state.ownStream(), state.processed(), state.applied(), 0);
    Checkpoint last = noted.isEmpty() ? written : noted.peekLast();
    if (last.state().offset() < now.state().offset() && noted.size() < MAX_NOTED) {
      noted.add(now);
    }
    Checkpoint usable = null;
    while (!noted.isEmpty() && isForgotten(state, noted.peek())) {
      usable = noted.poll();
    }
    return usable == null ? null : usable.settledUpto(state.increments().settledUpto());
  }

  /**
   * Nothing that is remembered stands before it, in the own stream or in what is applied of others.
   */
  private static boolean isForgotten(MergeState state, Checkpoint place) {
    if (state.window().oldest(place.own()) <= place.state().offset()) {
      return false;
    }
    for (Map.Entry<StreamId, Progress> entry : place.applied().entries().entrySet()) {
      if (state.window().oldest(entry.getKey()) <= entry.getValue().offset()) {
        return false;
      }
    }
    return state.window().unsureExpiries().isEmpty();
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
