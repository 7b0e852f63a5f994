package io.norn.sim.mesh;

import io.norn.apply.WatchRequest;
import io.norn.command.DbKey;
import io.norn.merge.Proposal;
import io.norn.merge.Reads;
import java.util.List;

/**
 * A batch on its way: proposed and watched, then answered and fenced by its barrier, then decided.
 * Or the repair of a key, which goes the same way.
 */
final class Batch {
  private final Proposal proposal;
  private final DbKey repaired;
  private final WatchRequest watch;
  private final String barrier;
  private List<Object> replies;
  private boolean isBarrierSeen;

  private Batch(Proposal proposal, DbKey repaired, Reads reads, String barrier) {
    this.proposal = proposal;
    this.repaired = repaired;
    this.watch = new WatchRequest(reads, barrier);
    this.barrier = barrier;
  }

  static Batch of(Proposal proposal, String barrier) {
    return new Batch(proposal, null, proposal.reads(), barrier);
  }

  static Batch repairOf(DbKey key, Reads reads, String barrier) {
    return new Batch(null, key, reads, barrier);
  }

  /** What is to be applied; null for a repair. */
  Proposal proposal() {
    return proposal;
  }

  /** The key to be repaired; null for a batch. */
  DbKey repaired() {
    return repaired;
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
