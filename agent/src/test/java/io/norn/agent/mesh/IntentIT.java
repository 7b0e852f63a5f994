package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An agent that dies before it has noted that a command failed inside of EXEC. */
class IntentIT {
  private static final Duration SOON = Duration.ofSeconds(30);

  @Test
  void shouldAskForWhatFailedInATransactionOfWhichItNeverReadTheReply() throws Exception {
    List<ServerBinary> binaries = List.of(ServerBinary.embedded(), ServerBinary.embedded());
    try (RealMesh mesh = new RealMesh(binaries);
        ServerConnection a = mesh.server(0).connect();
        ServerConnection b = mesh.server(1).connect()) {
      mesh.agent(0).start();
      mesh.agent(1).startToDieAt("exec-failed");
      mesh.awaitJoined();
      b.require("CONFIG", "SET", "proto-max-bulk-len", "1mb");
      a.require("SETRANGE", "k", "1500000", "x");
      mesh.agent(1).awaitDeath();
      assertThat(b.require("EXISTS", "k")).isEqualTo(0L);
      b.require("CONFIG", "SET", "proto-max-bulk-len", "512mb");
      mesh.agent(1).start();
      assertThat(Convergence.await(mesh.endpoints(), SOON)).isEmpty();
      assertThat(b.require("STRLEN", "k")).isEqualTo(1_500_001L);
    }
  }
}
