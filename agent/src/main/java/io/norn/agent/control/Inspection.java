package io.norn.agent.control;

import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.doctor.Finding;
import io.norn.agent.journals.JournalView;
import io.norn.agent.verify.Verifier;
import java.util.List;

/** What operators may look into. All methods may be called from any thread. */
public interface Inspection {
  /** The latest decisions between two sides. */
  ConflictLog conflicts();

  /** The journals that are open, the own one first; none while the agent has no node. */
  List<JournalView> journals();

  /** Compares the datasets of all nodes. */
  Verifier verifier();

  /** Examines everything around the agent; waits for servers, some seconds each. */
  List<Finding> examine();
}
