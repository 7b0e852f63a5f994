package io.norn.sim.mesh;

import io.norn.clock.StreamId;
import io.norn.sim.world.SimJournal;
import java.util.HashMap;
import java.util.Map;

/** What of an agent survives its crash. */
final class NodeDisk {
  private final Map<StreamId, SimJournal> journals = new HashMap<>();
  private Checkpoint checkpoint = Checkpoint.FIRST;
  private int starts;
  private Witness witness = Witness.NONE;

  SimJournal journal(StreamId stream) {
    return journals.computeIfAbsent(stream, name -> new SimJournal(0));
  }

  Checkpoint checkpoint() {
    return checkpoint;
  }

  void save(Checkpoint next) {
    checkpoint = next;
  }

  /** Who saw all that the node's agents saw. */
  Witness witness() {
    return witness;
  }

  void witness(Witness next) {
    witness = next;
  }

  /** Number of this start of an agent. */
  int nextStart() {
    return ++starts;
  }
}
