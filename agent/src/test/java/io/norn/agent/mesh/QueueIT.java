package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
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

  private static void run(int seconds) throws Exception {
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
      System.out.println("norn-queue " + queue);
      judge(queue);
    }
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
