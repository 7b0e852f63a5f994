package io.norn.apply;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/** Writes the whole version vector again after somebody may have removed it from the server. */
final class VectorChore implements Chore {
  private final NodeMonitor monitor;
  private final AtomicLong mendedTouches = new AtomicLong();

  VectorChore(NodeMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public boolean isWaiting() {
    return monitor.reservedTouches() > mendedTouches.get();
  }

  @Override
  public void run(ApplyConnection connection) throws IOException, InterruptedException {
    long touches = monitor.reservedTouches();
    ExecRequest.Outcome outcome =
        connection.run(
            Set.of(),
            List.of(),
            replies ->
                new ApplyConnection.Write(
                    List.of(), monitor.with(state -> state.applied().entries())));
    if (outcome instanceof ExecRequest.Outcome.Committed) {
      mendedTouches.set(touches);
    } else if (outcome instanceof ExecRequest.Outcome.Refused) {
      Thread.sleep(Obstacle.PAUSE_MILLIS);
    }
  }
}
