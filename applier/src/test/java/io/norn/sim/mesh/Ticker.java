package io.norn.sim.mesh;

import io.norn.clock.HybridClock;
import io.norn.merge.MergeState;
import io.norn.shadow.Shadows;
import io.norn.sim.world.SimConnection;
import io.norn.stream.Tick;
import java.util.Collections;

/**
 * Stamps what the own clients wrote: at once when it was quiet, under load one tick a millisecond.
 */
final class Ticker {
  private static final long PAUSE_MICROS = 1_000;
  private static final long RECONNECT_MICROS = 3_000;

  private final Mesh mesh;
  private final SimNode node;
  private final HybridClock clock;
  private final MergeState state;
  private final Shadows shadows;
  private SimConnection connection;
  private long lastTickMicros = -PAUSE_MICROS;
  private long tickedUpto;
  private boolean isPlanned;
  private boolean isAlive = true;

  Ticker(Mesh mesh, SimNode node, HybridClock clock, MergeState state, Shadows shadows) {
    this.mesh = mesh;
    this.node = node;
    this.clock = clock;
    this.state = state;
    this.shadows = shadows;
    this.connection = mesh.connect(node.server(), node);
  }

  /** The own stream has moved. */
  void moved() {
    if (!isPlanned && state.decoder().uncoveredUpto() > tickedUpto) {
      isPlanned = true;
      mesh.time().at(lastTickMicros + PAUSE_MICROS, this::tick);
    }
  }

  /** A tick may have been lost on its way. */
  void repeat() {
    tickedUpto = 0;
    moved();
  }

  void breakOff(long lingerMicros) {
    connection.breakOff(lingerMicros);
    mesh.time().after(RECONNECT_MICROS, this::reconnect);
  }

  void kill(long lingerMicros) {
    isAlive = false;
    connection.breakOff(lingerMicros);
  }

  private void reconnect() {
    if (isAlive && connection.isBroken()) {
      connection = mesh.connect(node.server(), node);
      repeat();
    }
  }

  private void tick() {
    isPlanned = false;
    if (isAlive && !connection.isBroken() && state.decoder().uncoveredUpto() > tickedUpto) {
      lastTickMicros = mesh.time().nowMicros();
      long from = tickedUpto;
      tickedUpto = state.decoder().uncoveredUpto();
      long hlc = clock.next(node.clock().nowMicros());
      Tick tick =
          new Tick(
              hlc,
              node.stream().stream(),
              tickedUpto,
              Collections.emptySortedMap(),
              shadows.taken(from, tickedUpto));
      boolean isRefused = mesh.random().nextInt(10) == 0;
      connection.send(
          Collections.singletonList(isRefused ? tick.asMessage() : tick.asWrite()), replies -> {});
    }
  }
}
