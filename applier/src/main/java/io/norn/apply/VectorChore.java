package io.norn.apply;

import io.norn.merge.Emission;
import io.norn.stream.Reserved;
import io.norn.stream.Text;
import java.io.IOException;
import java.util.ArrayList;
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
  private long cleaned;

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
    long touches = monitor.reservedTouches();
    List<Emission> strays = touches > cleaned ? strays(connection) : List.of();
    ExecRequest.Outcome outcome =
        connection.run(
            Set.of(),
            List.of(),
            replies ->
                new ApplyConnection.Write(strays, monitor.with(state -> state.writableVector())));
    if (outcome instanceof ExecRequest.Outcome.Committed) {
      answered.set(requests);
      cleaned = touches;
    } else if (outcome instanceof ExecRequest.Outcome.Refused) {
      Thread.sleep(Obstacle.PAUSE_MILLIS);
    }
  }

  /** What a {@code SWAPDB} has taken to other databases is nobody's any more. */
  private static List<Emission> strays(ApplyConnection connection) throws IOException {
    List<Emission> strays = new ArrayList<>();
    for (int db : connection.databases()) {
      if (db != 0) {
        byte[][] delete = {
          Text.bytes("DEL"), Text.bytes(Reserved.NODE_KEY), Text.bytes(Reserved.VECTOR_KEY)
        };
        strays.add(new Emission(db, null, delete));
      }
    }
    return strays;
  }
}
