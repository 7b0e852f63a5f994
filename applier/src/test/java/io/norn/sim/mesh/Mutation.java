package io.norn.sim.mesh;

/** Rules broken on purpose, to prove that the simulation notices. */
public enum Mutation {
  /** All rules hold. */
  NONE,
  /** Decide as soon as the reads are answered, whatever of the own stream has been seen. */
  NO_BARRIER,
  /** Keys are not watched between decision and execution. */
  NO_WATCH,
  /** Changes of peers get the time of their arrival. */
  STAMP_ON_ARRIVAL,
  /** A marker outside of MULTI opens a transaction for the reader. */
  NAKED_MARKER_OPENS_TRANSACTION,
  /** An entry is forgotten as soon as one other node has it. */
  FORGET_WHEN_ANY_COVERS,
  /** What a peer's marker tells counts before what stands before it is applied. */
  FORGET_BEFORE_APPLYING,
  /** A restarted reader does not know the largest stamp so far. */
  RESUME_WITHOUT_LARGEST,
  /** One entry of the version vector per node, compared by stamp. */
  ONE_ENTRY_PER_NODE,
  /** The type of a key is what the window last saw of it. */
  TYPE_FROM_WINDOW,
  /** What the node says of a trimmed stream does not spare what came in since. */
  TRIM_AS_FOUND,
  /** Every change counts as made by somebody who had seen all others. */
  SEEN_ALL,
  /** The version vector is not watched, so that a dead agent's transaction still counts. */
  NO_WATCH_OF_VECTOR,
  /** Increments that were overtaken by an overwrite are not taken back. */
  NO_REPAIR,
  /** What ticks say of pops is passed over. */
  IGNORE_TAKEN,
  /**
   * A restarted agent builds its window from where it last stood, not from where all is forgotten.
   */
  RESTART_ANYWHERE
}
