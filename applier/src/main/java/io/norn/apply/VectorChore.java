package io.norn.apply;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Writes the whole version vector: again after somebody may have removed it from the server, and
 * for a peer that asks how far this node is, because without changes to apply nothing would show
 * it.
 */
final class VectorChore implements Chore {
  private final NodeMonitor monitor;
  private final AtomicLong answered = new AtomicLong();

  VectorChore(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public boolean isWaiting() {
    return monitor.vectorRequests() > answered.get();
  }

  @Override
  public void run(ApplyConnection connection) throws IOException, InterruptedException {
    long requests = monitor.vectorRequests();
    ExecRequest.Outcome outcome =
        connection.run(
            Set.of(),
            List.of(),
            replies ->
                new ApplyConnection.Write(
                    List.of(), monitor.with(state -> state.writableVector())));
    if (outcome instanceof ExecRequest.Outcome.Committed) {
      answered.set(requests);
    } else if (outcome instanceof ExecRequest.Outcome.Refused) {
      Thread.sleep(Obstacle.PAUSE_MILLIS);
    }
  }
}
