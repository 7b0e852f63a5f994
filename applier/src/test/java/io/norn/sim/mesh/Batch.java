package io.norn.sim.mesh;

import io.norn.apply.WatchRequest;
import io.norn.merge.Proposal;
import java.util.List;

/**
 * A batch on its way: proposed and watched, then answered and fenced by its barrier, then decided.
 */
final class Batch {
  private final Proposal proposal;
  private final WatchRequest watch;
  private final String barrier;
  private List<Object> replies;
  private boolean isBarrierSeen;

  Batch(Proposal proposal, String barrier) {
    this.proposal = proposal;
    this.watch = new WatchRequest(proposal.reads(), barrier);
    this.barrier = barrier;
  }

  Proposal proposal() {
    return proposal;
  }

  WatchRequest watch() {
    return watch;
  }

  List<Object> replies() {
    return replies;
  }

  void answered(List<Object> answers) {
    replies = answers;
  }

  void message(String text) {
    isBarrierSeen |= text.equals(barrier);
  }

  boolean isReady(Mutation mutation) {
    return replies != null && (isBarrierSeen || mutation == Mutation.NO_BARRIER);
  }
}
