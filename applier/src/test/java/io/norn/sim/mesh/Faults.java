package io.norn.sim.mesh;

import io.norn.sim.world.StreamLink;
import java.util.List;
import java.util.Random;
import java.util.function.LongSupplier;

/** What goes wrong in a mesh, and when. */
final class Faults {
  private static final long MAX_LINGER_MICROS = 6_000;
  private static final long RETRY_MICROS = 30;
  private static final int SET_BACK_AT = 10;
  private static final int MAX_TRIES = 100;
  private static final int MAX_JUMP_MICROS = 10_000_000;

  private final Mesh mesh;
  private final List<SimNode> nodes;
  private final Random random;

  Faults(Mesh mesh, List<SimNode> nodes) {
    this.mesh = mesh;
    this.nodes = nodes;
    this.random = mesh.random();
  }

  /** Schedules all faults before the end of the clients. */
  void plan(long endMicros) {
    MeshPlan plan = mesh.plan();
    LongSupplier outage = () -> 1 + random.nextLong(endMicros / 2 + 1);
    LongSupplier linger = () -> random.nextInt(3) == 0 ? random.nextLong(endMicros / 4 + 1) : 0;
    times(plan.cuts(), endMicros, () -> cut(outage.getAsLong()));
    times(plan.stalls(), endMicros, () -> anyLink().stall(outage.getAsLong() / 4));
    times(plan.crashes(), endMicros, () -> crash(outage.getAsLong() / 8, linger.getAsLong()));
    times(plan.breaks(), endMicros, () -> breakConnections(linger.getAsLong()));
    times(plan.jumps(), endMicros, this::jump);
    mesh.time()
        .at(
            endMicros / SET_BACK_AT,
            () -> nodes.forEach(node -> node.clock().jump(-plan.setBackMicros())));
  }

  private void times(int count, long endMicros, Runnable fault) {
    for (int i = 0; i < count; i++) {
      mesh.time().at(random.nextLong(endMicros), fault);
    }
  }

  private SimNode anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  private StreamLink anyLink() {
    SimNode node = anyNode();
    node.start(mesh);
    List<StreamLink> links = List.copyOf(node.agent().links().values());
    return links.get(random.nextInt(links.size()));
  }

  private void cut(long outageMicros) {
    StreamLink link = anyLink();
    link.cut();
    mesh.time().after(outageMicros, link::restore);
  }

  private void crash(long downMicros, long lingerMicros) {
    if (random.nextBoolean()) {
      crash(anyNode(), downMicros, lingerMicros);
    } else {
      long longLinger = 1 + random.nextLong(MAX_LINGER_MICROS);
      crashWhileExecuting(anyNode(), random.nextLong(longLinger), longLinger, MAX_TRIES);
    }
  }

  private void crash(SimNode node, long downMicros, long lingerMicros) {
    node.crash(lingerMicros);
    mesh.time().after(downMicros, () -> node.start(mesh));
  }

  /** Waits for the moment when a transaction is on its way: it arrives when the successor runs. */
  private void crashWhileExecuting(SimNode node, long downMicros, long lingerMicros, int tries) {
    if (node.agent() != null && node.agent().isExecuting()) {
      crash(node, downMicros, lingerMicros);
    } else if (tries > 0) {
      mesh.time()
          .after(
              RETRY_MICROS, () -> crashWhileExecuting(node, downMicros, lingerMicros, tries - 1));
    }
  }

  private void breakConnections(long lingerMicros) {
    SimNode node = anyNode();
    if (node.agent() != null) {
      node.agent().breakConnections(lingerMicros);
    }
  }

  private void jump() {
    anyNode().clock().jump(random.nextInt(2 * MAX_JUMP_MICROS) - MAX_JUMP_MICROS);
  }
}
