package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.net.FaultyProxy;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Links that hang, flap, crawl, or work in one direction only. */
class NetworkFaultIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final ServerBinary EMBEDDED = ServerBinary.embedded();
  private static final List<ServerBinary> TWO = List.of(EMBEDDED, EMBEDDED);

  @Test
  void shouldNoticeALinkThatIsHalfOpen() throws Exception {
    try (RealMesh mesh =
            new RealMesh(TWO, "--repl-timeout", "2", "--heartbeat-millis", "500").startAgents();
        Counting counting = new Counting(mesh.server(0))) {
      counting.awaitMore(50);
      mesh.link(1, 0).stall();
      await().atMost(SOON).until(() -> mesh.agent(1).info().contains("state:relayed"));
      counting.awaitMore(100);
      mesh.link(1, 0).unstall();
      assertExact(mesh, counting);
    }
  }

  @Test
  void shouldLoseNothingWhereOnlyOneDirectionWorks() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        Counting counting = new Counting(mesh.server(0))) {
      for (int i = 0; i < 2; i++) {
        mesh.link(1, 0).stallToTarget();
        counting.awaitMore(200);
        mesh.link(1, 0).unstall();
        mesh.link(1, 0).stallToClient();
        counting.awaitMore(200);
        mesh.link(1, 0).unstall();
      }
      assertExact(mesh, counting);
    }
  }

  @Test
  void shouldLoseNothingOverLinksThatFlap() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        Counting counting = new Counting(mesh.server(0));
        ServerConnection b = mesh.server(1).connect()) {
      for (int i = 0; i < 30; i++) {
        FaultyProxy link = mesh.link(i % 2, 1 - i % 2);
        link.cut();
        b.require("INCRBY", "of-b", "3");
        RealMesh.pause(i * 7L % 60);
        link.restore();
        link.reset();
        counting.awaitMore(5);
      }
      assertExact(mesh, counting);
      assertThat(b.requireText("GET", "of-b")).isEqualTo("90");
    }
  }

  @Test
  void shouldLoseNothingOverASlowLinkThatCutsEverythingInPieces() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        Counting counting = new Counting(mesh.server(0))) {
      for (FaultyProxy link : mesh.allLinks()) {
        link.delayMillis(40);
        link.sliceBytes(5);
      }
      counting.awaitMore(300);
      assertExact(mesh, counting);
    }
  }

  @Test
  void shouldNotLetASlowPeerHoldUpOthers() throws Exception {
    try (RealMesh mesh = new RealMesh(List.of(EMBEDDED, EMBEDDED, EMBEDDED)).startAgents();
        ServerConnection a = mesh.server(0).connect();
        ServerConnection b = mesh.server(1).connect();
        ServerConnection c = mesh.server(2).connect()) {
      mesh.link(1, 0).bytesPerSecond(20_000);
      for (int i = 0; i < 400; i++) {
        a.require("SET", "large" + i, "x".repeat(1000));
      }
      a.require("SET", "last", "1");
      await().atMost(SOON).until(() -> "1".equals(c.requireText("GET", "last")));
      assertThat(b.require("EXISTS", "last")).as("behind 400 kB at 20 kB/s").isEqualTo(0L);
      c.require("SET", "of-c", "1");
      await().atMost(SOON).until(() -> "1".equals(b.requireText("GET", "of-c")));
      assertThat(b.require("EXISTS", "last")).as("still behind").isEqualTo(0L);
      mesh.link(1, 0).bytesPerSecond(0);
      assertThat(Convergence.await(mesh.endpoints(), SOON)).isEmpty();
    }
  }

  /**
   * What the server holds no more is looked for at agents for some time before its data is merged;
   * time in which nobody could be asked does not count.
   */
  @Tag("full")
  @Test
  void shouldNotMergeBecauseAPeerWasAwayForLong() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        ServerConnection a = mesh.server(0).connect()) {
      a.require("CONFIG", "SET", "repl-backlog-size", "1mb");
      mesh.agent(0).suspend();
      mesh.link(1, 0).cut();
      for (int i = 0; i < 3000; i++) {
        a.require("SET", "large" + i % 100, Integer.toString(i).repeat(250));
      }
      String before = fullSyncs(a);
      mesh.link(1, 0).restore();
      awaitInVain(mesh, a, before);
      mesh.link(1, 0).cut();
      await().atMost(SOON).until(() -> mesh.agent(1).info().contains("state:broken"));
      RealMesh.pause(4000);
      mesh.link(1, 0).restore();
      awaitInVain(mesh, a, before);
      mesh.agent(0).resume();
      assertThat(Convergence.await(mesh.endpoints(), SOON)).as(mesh.report()).isEmpty();
      assertThat(fullSyncs(a)).isEqualTo(before);
    }
  }

  /** Until agents were asked and did not answer. */
  private static void awaitInVain(RealMesh mesh, ServerConnection a, String fullSyncs) {
    await()
        .atMost(SOON)
        .until(
            () ->
                mesh.agent(1).info().contains("no agent that can be reached")
                    || !fullSyncs(a).equals(fullSyncs));
  }

  private static String fullSyncs(ServerConnection server) throws IOException {
    return server
        .requireText("INFO", "stats")
        .lines()
        .filter(line -> line.startsWith("sync_full:"))
        .findFirst()
        .orElseThrow();
  }

  private static void assertExact(RealMesh mesh, Counting counting) throws IOException {
    long sum = counting.stop();
    assertThat(Convergence.await(mesh.endpoints(), SOON)).as(mesh.report()).isEmpty();
    try (ServerConnection b = mesh.server(1).connect()) {
      assertThat(b.requireText("GET", Counting.COUNTER)).isEqualTo(Long.toString(sum));
    }
  }
}
