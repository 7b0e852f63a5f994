package io.norn.agent.control;

import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.doctor.Finding;
import io.norn.agent.journals.JournalView;
import java.util.List;

/** What operators may look into. All methods may be called from any thread. */
public interface Inspection {
  /** The latest decisions between two sides. */
  ConflictLog conflicts();

  /** The journals that are open, the own one first; none while the agent has no node. */
  List<JournalView> journals();

  /** Examines everything around the agent; waits for servers, some seconds each. */
  List<Finding> examine();
}
