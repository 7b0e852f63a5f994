package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A server is killed under load, and restarted from an older snapshot while clients write on. */
class RollbackUnderLoadIT {
  private static final int SOON_SECONDS = 60;
  private static final int WRITES = 300;

  @Test
  void shouldLoseNothingThatAnAgentHadAndCountNothingTwice() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2)) {
      mesh.start(0, 1);
      mesh.start(1, 0);
      mesh.awaitStreaming(0);
      mesh.awaitStreaming(1);
      Set<String> safe = new HashSet<>();
      try (CountedWrites a = new CountedWrites("a", mesh.server(0));
          CountedWrites b = new CountedWrites("b", mesh.server(1))) {
        await(a, WRITES);
        try (ServerConnection server = mesh.client(0)) {
          server.require("SAVE");
        }
        await(a, a.count() + WRITES);
        await(b, WRITES);
        mesh.server(0).kill();
        mesh.server(0).restart();
        await(a, a.count() + WRITES);
        a.stop();
        b.stop();
        safe.addAll(a.safe());
        safe.addAll(b.safe());
      }
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      try (ServerConnection server = mesh.client(0)) {
        Set<String> notes = new HashSet<>();
        ((List<?>) server.require("SMEMBERS", CountedWrites.NOTES))
            .forEach(note -> notes.add(ServerConnection.text(note)));
        assertThat(notes).containsAll(safe);
        assertThat(server.requireText("GET", CountedWrites.COUNTER))
            .isEqualTo(Integer.toString(notes.size()));
        System.out.printf(
            "norn-rollback %d writes, %d of them safe, none missing%n", notes.size(), safe.size());
      }
      assertThat(mesh.fullSyncs(0)).isZero();
    }
  }

  private static void await(CountedWrites writer, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(SOON_SECONDS))
        .until(() -> writer.count() >= count);
  }
}
