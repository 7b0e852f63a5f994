package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * Jobs of a group of consumers at two sites: each is consumed, and none is lost. {@code
 * -Dnorn.queue.seconds=N} runs for longer.
 */
class StreamQueueIT {
  private static final int EACH = 4;
  private static final long LOAD_MILLIS = 1000L * Integer.getInteger("norn.queue.seconds", 8);
  private static final Duration SOON = Duration.ofSeconds(90);

  @Test
  void shouldConsumeEveryEntryAtLeastOnce() throws Exception {
    List<ServerBinary> binaries = List.of(ServerBinary.preferred(), ServerBinary.preferred());
    try (RealMesh mesh = new RealMesh(binaries).startAgents();
        ServerConnection a = mesh.server(0).connect();
        StreamQueue queue = new StreamQueue()) {
      StreamQueue.create(a);
      assertThat(Convergence.await(mesh.endpoints(), SOON)).isEmpty();
      queue.start(mesh.server(0), 0, EACH);
      queue.start(mesh.server(1), 1, EACH);
      Thread.sleep(LOAD_MILLIS);
      queue.stopProducing();
      Awaitility.await("all consumed")
          .atMost(SOON)
          .until(() -> queue.consumed().containsAll(queue.added()));
      queue.stopConsuming();
      assertThat(Convergence.await(mesh.endpoints(), SOON)).isEmpty();
      assertThat(a.require("XLEN", StreamQueue.stream())).isEqualTo((long) queue.added().size());
      assertThat(queue.consumed()).isEqualTo(queue.added());
      System.out.println("norn-queue " + queue);
    }
  }
}
