package io.norn.sim.mesh;

import io.norn.clock.StreamId;
import io.norn.merge.Decision;
import io.norn.merge.Facts;
import io.norn.merge.MergeState;
import io.norn.merge.Proposal;

/** Sees what a node's agents see, and lasts longer than they do. */
interface Witness {
  /** Sees nothing. */
  Witness NONE =
      new Witness() {
        @Override
        public void own(byte[][] command, long endOffset) {}

        @Override
        public void peer(StreamId stream, byte[][] command, long endOffset) {}

        @Override
        public String objection(MergeState agent, Proposal proposal, Facts facts, Decision made) {
          return null;
        }
      };

  /** A command of the own stream; what was seen already is ignored. */
  void own(byte[][] command, long endOffset);

  /** A command of a peer's stream; what was seen already is ignored. */
  void peer(StreamId stream, byte[][] command, long endOffset);

  /** What is wrong with a decision of the agent that runs now; null if nothing is. */
  String objection(MergeState agent, Proposal proposal, Facts facts, Decision made);
}
