package io.norn.sim.mesh;

import io.norn.clock.StreamId;
import io.norn.sim.world.SimClock;
import io.norn.sim.world.SimServer;

/** A node: a server and a disk that last, and agents that come and go. */
final class SimNode {
  private final StreamId stream;
  private final SimServer server;
  private final SimClock clock;
  private final NodeDisk disk = new NodeDisk();
  private SimAgent agent;

  SimNode(StreamId stream, SimServer server, SimClock clock) {
    this.stream = stream;
    this.server = server;
    this.clock = clock;
  }

  StreamId stream() {
    return stream;
  }

  SimServer server() {
    return server;
  }

  SimClock clock() {
    return clock;
  }

  NodeDisk disk() {
    return disk;
  }

  /** The running agent; null while it is down. */
  SimAgent agent() {
    return agent;
  }

  void start(Mesh mesh) {
    if (agent == null) {
      agent = new SimAgent(mesh, this);
    }
  }

  /** What the agent had sent may arrive up to so much later. */
  void crash(long lingerMicros) {
    if (agent != null) {
      agent.kill(lingerMicros);
      agent = null;
    }
  }

  long streamEnd() {
    return server.model().stream().endOffset();
  }
}
