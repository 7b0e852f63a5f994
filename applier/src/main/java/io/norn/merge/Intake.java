package io.norn.merge;

import io.norn.clock.StreamId;
import io.norn.stream.DecoderState;
import io.norn.stream.Marker;
import io.norn.stream.Progress;
import io.norn.stream.StreamItem.ChangeUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Takes what a marker of the own stream stands for out of the inboxes. */
final class Intake {
  private final Inboxes inboxes;
  private final List<ChangeUnit> taken = new ArrayList<>();

  Intake(Inboxes inboxes) {
    this.inboxes = inboxes;
  }

  /**
   * Collects it; false if more of a peer's stream has to be read first: then it is to be called
   * again for the same marker.
   */
  boolean take(Marker marker) {
    boolean complete = true;
    for (Map.Entry<StreamId, Progress> entry : marker.advanced().entrySet()) {
      Inbox inbox = inboxes.get(entry.getKey());
      if (inbox != null) {
        complete &= take(inbox, entry.getValue());
      }
    }
    return complete;
  }

  /**
   * What came in with the snapshot of another node is not waited for: its own node may be out of
   * reach for long.
   */
  private boolean take(Inbox inbox, Progress upto) {
    boolean isRead = inbox.take(upto.offset(), taken::add);
    if (isRead || upto.batch() != Progress.OF_THIRD_NODE) {
      return isRead;
    }
    inbox.skipTo(DecoderState.of(upto));
    return true;
  }

  /** Hands all of it out, in the order in which the transaction executed it. */
  void handOut(Marker marker, Consumer<ChangeUnit> out) {
    taken.sort(Comparator.comparing(ChangeUnit::stamp));
    taken.forEach(out);
    taken.clear();
  }

  /** All is in: now counts what the peers say behind it. */
  void done(Marker marker) {
    for (StreamId stream : marker.advanced().keySet()) {
      Inbox inbox = inboxes.get(stream);
      if (inbox != null) {
        inbox.taken();
      }
    }
  }
}
