package io.norn.sim.world;

import io.norn.sim.model.Dialect;
import io.norn.sim.model.ModelConnection;
import io.norn.sim.model.ModelServer;
import io.norn.sim.model.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** A primary in the world: a model server with its host's clock and its replicas. */
public final class SimServer {
  private final ModelServer model;
  private final SimClock clock;
  private final List<StreamLink> replicas = new ArrayList<>();

  /** An empty server. */
  public SimServer(Dialect dialect, String replid, SimClock clock) {
    this.model = new ModelServer(dialect, replid);
    this.clock = clock;
  }

  /** A server that holds the data of another one, and begins a stream of its own. */
  public SimServer(SimServer other, String replid) {
    Snapshot data = other.model.snapshot();
    this.model = new ModelServer(other.model.dialect(), new Snapshot(data.dataset(), replid, 0));
    this.clock = other.clock;
  }

  /** The server itself, to look at. */
  public ModelServer model() {
    return model;
  }

  /** Runs a command of a connection, and sends what it changed on its way to the replicas. */
  public Object execute(ModelConnection connection, byte[][] command) {
    model.setNowMillis(clock.nowMillis());
    Object reply = connection.execute(command);
    pump();
    return reply;
  }

  /** As {@link #execute}, several commands as a script. */
  public Object script(ModelConnection connection, List<String[]> commands) {
    model.setNowMillis(clock.nowMillis());
    Object reply = connection.script(commands);
    pump();
    return reply;
  }

  void add(StreamLink replica) {
    replicas.add(replica);
  }

  void remove(StreamLink replica) {
    replicas.remove(replica);
  }

  private void pump() {
    for (StreamLink replica : replicas) {
      replica.pump();
    }
  }
}
