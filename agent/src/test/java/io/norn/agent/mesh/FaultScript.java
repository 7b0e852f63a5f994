package io.norn.agent.mesh;

import io.norn.testkit.net.FaultyProxy;
import java.io.IOException;
import java.util.List;
import java.util.Random;

/** Random faults, one after the other: links that break and stall, agents that are killed. */
final class FaultScript {
  private static final int MAX_MILLIS = 700;

  private final RealMesh mesh;
  private final Random random;
  private int faults;
  private int kills;

  FaultScript(RealMesh mesh, Random random) {
    this.mesh = mesh;
    this.random = random;
  }

  /** Does harm for so long, and mends all in the end. */
  void run(long millis, int maxKills) throws IOException {
    long end = System.nanoTime() + millis * 1_000_000;
    while (System.nanoTime() < end) {
      if (kills < maxKills && random.nextInt(4) == 0) {
        killAgent();
      } else {
        harmLink();
      }
      faults++;
      RealMesh.pause(random.nextInt(MAX_MILLIS));
    }
    for (FaultyProxy link : mesh.allLinks()) {
      mend(link);
    }
  }

  private void killAgent() throws IOException {
    AgentProcess agent = mesh.agent(random.nextInt(mesh.size()));
    agent.kill();
    kills++;
    RealMesh.pause(random.nextInt(MAX_MILLIS));
    agent.start();
  }

  private void harmLink() throws IOException {
    List<FaultyProxy> links = mesh.allLinks();
    FaultyProxy link = links.get(random.nextInt(links.size()));
    switch (random.nextInt(6)) {
      case 0 -> link.cut();
      case 1 -> link.reset();
      case 2 -> link.stall();
      case 3 -> link.stallToTarget();
      case 4 -> link.delayMillis(20);
      default -> link.sliceBytes(7);
    }
    RealMesh.pause(random.nextInt(MAX_MILLIS));
    mend(link);
  }

  private static void mend(FaultyProxy link) {
    link.restore();
    link.unstall();
    link.delayMillis(0);
    link.sliceBytes(0);
  }

  @Override
  public String toString() {
    return faults + " faults, " + kills + " of them kills";
  }
}
