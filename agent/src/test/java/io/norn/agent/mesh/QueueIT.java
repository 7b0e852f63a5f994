package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Producers and consumers of two sites on one list: each element is consumed, none is lost, and
 * both sites end equal. {@code -Dnorn.queue.seconds=N} makes the short run last longer.
 */
class QueueIT {
  private static final int SECONDS = Integer.getInteger("norn.queue.seconds", 5);
  private static final int LONG_SECONDS = 30;
  private static final int EACH = 4;
  private static final int ATTEMPTS = 3;
  private static final Duration SETTLING = Duration.ofMinutes(3);

  @Test
  void shouldConsumeEveryElementAtLeastOnce() throws Exception {
    run(SECONDS);
  }

  @Test
  @Tag("soak")
  void shouldConsumeEveryElementAtLeastOnceForLong() throws Exception {
    run(LONG_SECONDS);
  }

  /**
   * What pops took that no tick told, because an agent stood still for seconds, other sites do not
   * know: nothing is promised for that, so such a run is not judged.
   */
  private static void run(int seconds) throws Exception {
    for (int i = 0; i < ATTEMPTS; i++) {
      if (isAllTold(seconds)) {
        return;
      }
    }
    throw new AssertionError("in none of " + ATTEMPTS + " runs ticks told what all pops took");
  }

  private static boolean isAllTold(int seconds) throws Exception {
    List<ServerBinary> binaries = List.of(ServerBinary.preferred(), ServerBinary.embedded());
    try (RealMesh mesh = new RealMesh(binaries).startAgents();
        ListQueue queue = new ListQueue()) {
      queue.introduce(mesh.server(0));
      assertEqual(mesh);
      for (int site = 0; site < mesh.size(); site++) {
        queue.start(mesh.server(site), site, EACH);
      }
      Thread.sleep(seconds * 1000L);
      queue.stop();
      assertEqual(mesh);
      queue.drain(mesh.server(0));
      assertEqual(mesh);
      long untold = untold(mesh);
      System.out.println("norn-queue " + queue + ", " + untold + " pops that no tick told");
      if (untold == 0) {
        judge(queue);
      }
      return untold == 0;
    }
  }

  private static long untold(RealMesh mesh) throws IOException {
    long untold = 0;
    for (int node = 0; node < mesh.size(); node++) {
      mesh.agent(node).stop();
      StreamTrace trace =
          new StreamTrace(RealMesh.nodeId(node), mesh.directory(node).resolve("local"));
      untold += trace.untoldPops(0, ListQueue.NAME, node == 0 ? ListQueue.ROUNDS : 0);
    }
    return untold;
  }

  private static void assertEqual(RealMesh mesh) throws Exception {
    assertThat(Convergence.await(mesh.endpoints(), SETTLING)).as("differences").isEmpty();
  }

  private static void judge(ListQueue queue) {
    Set<String> lost = new TreeSet<>(queue.pushed());
    lost.removeAll(queue.consumed());
    assertThat(queue.failures()).isEmpty();
    assertThat(queue.pushed()).hasSizeGreaterThan(100);
    assertThat(lost).as("elements that nobody consumed").isEmpty();
    assertThat(queue.pushed()).containsAll(queue.consumed());
  }
}
