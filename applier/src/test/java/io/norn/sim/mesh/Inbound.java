package io.norn.sim.mesh;

import io.norn.clock.HybridClock;
import io.norn.clock.StreamId;
import io.norn.merge.MergeState;
import io.norn.sim.world.SimClock;
import io.norn.stream.StreamItem;
import io.norn.stream.StreamItem.AppliedBatch;
import io.norn.stream.StreamItem.ChangeUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Hands items of peers' streams to the core, and breaks the rules that concern them. */
final class Inbound {
  private final MergeState state;
  private final HybridClock clock;
  private final SimClock wallClock;
  private final List<StreamId> mesh;
  private final Mutation mutation;
  private final Stamps stamps;
  private final Map<String, Long> largestByNode = new HashMap<>();

  Inbound(
      MergeState state,
      HybridClock clock,
      SimClock wallClock,
      List<StreamId> mesh,
      Mutation mutation,
      Stamps stamps) {
    this.state = state;
    this.clock = clock;
    this.wallClock = wallClock;
    this.mesh = mesh;
    this.mutation = mutation;
    this.stamps = stamps;
  }

  void accept(StreamId stream, StreamItem item) {
    clock.observe(item.after().largest());
    if (item instanceof AppliedBatch batch) {
      forgetTooEarly(stream, batch);
    }
    if (!(item instanceof ChangeUnit unit)) {
      state.inbound(stream, item);
    } else if (!isSkipped(unit)) {
      stamps.check(unit);
      state.inbound(stream, stamped(unit));
    }
  }

  private void forgetTooEarly(StreamId stream, AppliedBatch batch) {
    if (mutation == Mutation.FORGET_BEFORE_APPLYING) {
      state.forgetting().learn(stream.node(), batch.vector());
      state.window().forget();
    } else if (mutation == Mutation.FORGET_WHEN_ANY_COVERS) {
      mesh.forEach(each -> state.forgetting().learn(each.node(), batch.vector()));
      state.window().forget();
    }
  }

  private ChangeUnit stamped(ChangeUnit unit) {
    if (mutation == Mutation.SEEN_ALL) {
      return new ChangeUnit(
          unit.origin(), unit.hlc(), unit.changes(), state.applied(), unit.after());
    }
    return mutation == Mutation.STAMP_ON_ARRIVAL
        ? new ChangeUnit(
            unit.origin(),
            clock.next(wallClock.nowMicros()),
            unit.changes(),
            unit.seen(),
            unit.after())
        : unit;
  }

  private boolean isSkipped(ChangeUnit unit) {
    if (mutation != Mutation.ONE_ENTRY_PER_NODE) {
      return false;
    }
    long largest = largestByNode.getOrDefault(unit.origin().node(), -1L);
    largestByNode.put(unit.origin().node(), Math.max(largest, unit.hlc()));
    return unit.hlc() < largest;
  }
}
