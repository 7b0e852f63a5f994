package io.norn.agent.control;

import io.norn.agent.conflict.ConflictLog;
import io.norn.agent.doctor.Finding;
import io.norn.agent.journals.JournalView;
import io.norn.agent.verify.Verifier;
import io.norn.command.MergePolicy;
import java.util.ArrayList;
import java.util.List;

/** What a {@link RecordingAgent} has to show. */
final class RecordingInspection implements Inspection {
  final ConflictLog conflicts = new ConflictLog(10);
  final List<JournalView> journals = new ArrayList<>();
  final Verifier verifier = new Verifier(List::of, () -> MergePolicy.DEFAULT);
  final List<Finding> findings = new ArrayList<>();

  @Override
  public ConflictLog conflicts() {
    return conflicts;
  }

  @Override
  public List<JournalView> journals() {
    return journals;
  }

  @Override
  public Verifier verifier() {
    return verifier;
  }

  @Override
  public List<Finding> examine() {
    return findings;
  }
}
