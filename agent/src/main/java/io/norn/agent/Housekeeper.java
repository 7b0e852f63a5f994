package io.norn.agent;

import io.norn.agent.link.PeerLink;
import io.norn.agent.node.Checkpoint;
import io.norn.agent.node.NodeRecord;
import io.norn.agent.node.ReservedKey;
import io.norn.agent.part.Heartbeat;
import io.norn.agent.part.Worker;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import io.norn.stream.Progress;
import io.norn.stream.Reserved;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What has to be done every second or so: a sign of life, the reserved key, checkpoints, room in
 * the journals, peers that could not be followed.
 */
final class Housekeeper implements Closeable {
  private static final long LOOK_MILLIS = 50;
  private static final long NANOS_PER_MILLI = 1_000_000;
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
  private static final int GOODBYE_MILLIS = 500;

  private final Endpoint local;
  private final NodeMonitor monitor;
  private final ReservedKey key;
  private final Peers peers;
  private final Checkpoints checkpoints;
  private final Journal outbound;
  private final long intervalMillis;
  private final Worker worker;
  private volatile ServerConnection server;
  private List<String> writtenFollows;
  private long mendedTouches;

  Housekeeper(
      Endpoint local,
      NodeMonitor monitor,
      ReservedKey key,
      Peers peers,
      Checkpoints checkpoints,
      Journal outbound,
      long intervalMillis,
      Consumer<String> onCrash) {
    this.local = local;
    this.monitor = monitor;
    this.key = key;
    this.peers = peers;
    this.checkpoints = checkpoints;
    this.outbound = outbound;
    this.intervalMillis = intervalMillis;
    this.worker = new Worker("housekeeper", this::run, onCrash);
  }

  void start() {
    worker.start();
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        peers.followWanted();
        speak();
        keepHouse();
      } catch (IOException e) {
        LOG.debug("housekeeping: {}", e.getMessage());
        disconnect();
      }
      pause();
    }
  }

  /** Until the next round, or until somebody may have removed the reserved keys. */
  private void pause() throws InterruptedException {
    long begun = System.nanoTime();
    do {
      Thread.sleep(Math.min(LOOK_MILLIS, intervalMillis));
    } while (monitor.reservedTouches() <= mendedTouches
        && System.nanoTime() - begun < intervalMillis * NANOS_PER_MILLI);
  }

  private void speak() throws IOException {
    if (server == null) {
      server = ServerConnection.open(local);
    }
    List<String> follows = peers.nodes();
    long touches = monitor.reservedTouches();
    if (!follows.equals(writtenFollows) || touches > mendedTouches) {
      key.write(server, follows);
      writtenFollows = follows;
      mendedTouches = touches;
    }
    Heartbeat beat = new Heartbeat(key.instance(), key.stream(), System.currentTimeMillis());
    server.require("SPUBLISH", Reserved.CHANNEL, beat.text());
  }

  private void keepHouse() throws IOException {
    checkpoints.move();
    Checkpoint floor = checkpoints.written();
    outbound.keepFrom(floor.own().stream(), floor.state().offset());
    outbound.housekeep();
    for (PeerLink link : peers.all().values()) {
      keepHouse(link, floor);
    }
  }

  /** The trouble of one peer's journal is not that of the others. */
  private static void keepHouse(PeerLink link, Checkpoint floor) {
    StreamId stream = link.stream().id();
    Progress needed = stream == null ? null : floor.applied().get(stream);
    try {
      if (needed != null) {
        link.stream().journal().keepFrom(stream.stream(), needed.offset());
      }
      link.stream().journal().housekeep();
    } catch (IOException e) {
      LOG.debug("housekeeping of {}: {}", stream, e.getMessage());
    }
  }

  private void disconnect() {
    ServerConnection current = server;
    if (current != null) {
      current.close();
      server = null;
    }
  }

  /** Says goodbye, so that a successor elsewhere need not listen for signs of life. */
  @Override
  public void close() {
    worker.close();
    ServerConnection current = server;
    try {
      if (current != null && !worker.isAlive()) {
        current.replyTimeout(GOODBYE_MILLIS);
        current.require("HDEL", Reserved.NODE_KEY, NodeRecord.INSTANCE);
      }
    } catch (IOException e) {
      LOG.debug("goodbye: {}", e.getMessage());
    }
    disconnect();
  }
}
