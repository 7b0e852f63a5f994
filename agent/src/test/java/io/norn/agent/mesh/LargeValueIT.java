package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Values that are large beside the memory of an agent, which has a heap of 96 MB here. */
class LargeValueIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<ServerBinary> TWO =
      List.of(ServerBinary.embedded(), ServerBinary.embedded());
  private static final int STRING_BYTES = 8 << 20;
  private static final int MEMBERS = 200_000;
  private static final int MEMBERS_AT_ONCE = 10_000;

  @Tag("full")
  @Test
  void shouldBringLargeValuesToTheOtherSide() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        ServerConnection a = mesh.server(0).connect();
        ServerConnection b = mesh.server(1).connect()) {
      a.require("SET", "large", "x".repeat(STRING_BYTES));
      b.require("SET", "small", "1");
      for (int from = 0; from < MEMBERS; from += MEMBERS_AT_ONCE) {
        b.require(addMembers(from));
      }
      await().atMost(SOON).until(() -> b.require("STRLEN", "large").equals((long) STRING_BYTES));
      assertThat(Convergence.await(mesh.endpoints(), SOON)).isEmpty();
      assertThat(a.require("SCARD", "many")).isEqualTo((long) MEMBERS);
    }
  }

  private static String[] addMembers(int from) {
    List<String> command = new ArrayList<>(List.of("SADD", "many"));
    for (int i = from; i < from + MEMBERS_AT_ONCE; i++) {
      command.add("member:" + i);
    }
    return command.toArray(new String[0]);
  }
}
