package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.net.Address;
import io.norn.server.ServerConnection;
import io.norn.testkit.Seed;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LifeCycleIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int PER_SECOND = 1000;
  private static final int KEYS = 50;
  private static final List<ServerBinary> TWO =
      List.of(ServerBinary.embedded(), ServerBinary.embedded());

  @Test
  void shouldGoOnWithoutMergingAgainWhenKilledSoonAfterTheFirstContact() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        ServerConnection a = mesh.server(0).connect();
        ServerConnection b = mesh.server(1).connect()) {
      a.require("INCRBY", "n", "5");
      b.require("INCRBY", "n", "7");
      mesh.agent(0).kill();
      b.require("INCRBY", "n", "12");
      mesh.agent(0).start();
      a.require("INCRBY", "n", "13");
      assertEqualSoon(mesh);
      assertThat(a.requireText("GET", "n")).isEqualTo("37");
      assertThat(merges(mesh.agent(0))).isEqualTo(1);
    }
  }

  @Test
  void shouldLoseNothingWhenKilledAgainAndAgain() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        Load load = new Load(mesh, Seed.next(), KEYS, PER_SECOND)) {
      for (int i = 0; i < 10; i++) {
        AgentProcess agent = mesh.agent(i % 2);
        agent.kill();
        agent.launch();
        RealMesh.pause(i * 150L);
      }
      for (int i = 0; i < mesh.size(); i++) {
        mesh.agent(i).awaitReady();
      }
      Writer.Result result = load.stop();
      assertEqualSoon(mesh);
      ConvergenceRun.checkServers(mesh, result);
    }
  }

  @Test
  void shouldStopInTimeUnderLoadAndLoseNothing() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        Load load = new Load(mesh, Seed.next(), KEYS, PER_SECOND)) {
      for (int i = 0; i < 4; i++) {
        RealMesh.pause(300);
        AgentProcess agent = mesh.agent(i % 2);
        assertThat(agent.stop()).as("milliseconds to stop").isLessThan(4000);
        agent.start();
      }
      Writer.Result result = load.stop();
      assertEqualSoon(mesh);
      ConvergenceRun.checkServers(mesh, result);
    }
  }

  @Test
  void shouldKeepPeersThatWereAddedAtRunTime() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO);
        AgentProcess a = new AgentProcess(mesh.basicArguments(0));
        AgentProcess b = new AgentProcess(mesh.basicArguments(1));
        ServerConnection serverA = mesh.server(0).connect();
        ServerConnection serverB = mesh.server(1).connect()) {
      a.start();
      b.start();
      ask(a, "REPLICAOF", mesh.server(1).endpoint().address());
      ask(b, "PEER ADD", mesh.server(0).endpoint().address());
      serverA.require("SET", "from-a", "1");
      serverB.require("SET", "from-b", "1");
      assertEqualSoon(mesh);
      a.stop();
      b.kill();
      a.start();
      b.start();
      serverA.require("SET", "from-a", "2");
      serverB.require("SET", "from-b", "2");
      assertEqualSoon(mesh);
      ask(a, "REPLICAOF REMOVE", mesh.server(1).endpoint().address());
      a.stop();
      a.start();
      assertThat(a.info()).doesNotContain("# Peer0");
    }
  }

  private static void ask(AgentProcess agent, String words, Address peer) throws IOException {
    try (ServerConnection control = agent.connect()) {
      String[] command = (words + " " + peer.host() + " " + peer.port()).split(" ", -1);
      assertThat(control.requireText(command)).isEqualTo("OK");
    }
  }

  @Test
  void shouldGoOnWhenTheLocalServerWasRestartedCleanly() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents()) {
      try (ServerConnection a = mesh.server(0).connect()) {
        a.require("INCRBY", "n", "5");
        assertEqualSoon(mesh);
        a.require("CONFIG", "SET", "save", "3600 1");
        a.require("INCRBY", "n", "7");
      }
      mesh.server(0).restart();
      try (ServerConnection a = mesh.server(0).connect();
          ServerConnection b = mesh.server(1).connect()) {
        a.require("INCRBY", "n", "11");
        b.require("INCRBY", "n", "13");
        assertEqualSoon(mesh);
        assertThat(a.requireText("GET", "n")).isEqualTo("36");
      }
    }
  }

  @Test
  void shouldWaitForALocalServerThatIsDownAtTheStart() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO)) {
      mesh.server(0).stop();
      mesh.agent(1).start();
      mesh.agent(0).start();
      assertThat(mesh.agent(0).info()).contains("connection refused");
      mesh.server(0).restart();
      mesh.awaitJoined();
      try (ServerConnection a = mesh.server(0).connect()) {
        a.require("SET", "k", "v");
      }
      assertEqualSoon(mesh);
    }
  }

  /** What the server lost is another matter: here nothing may hang or end. */
  @Test
  void shouldLiveOnWhenTheLocalServerComesBackWithOlderData() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO).startAgents()) {
      try (ServerConnection a = mesh.server(0).connect()) {
        a.require("SET", "saved", "1");
        a.require("SAVE");
        a.require("SET", "lost", "1");
        assertEqualSoon(mesh);
      }
      mesh.server(0).kill();
      mesh.server(0).restart();
      mesh.awaitJoined();
      try (ServerConnection a = mesh.server(0).connect();
          ServerConnection b = mesh.server(1).connect()) {
        a.require("SET", "after-a", "1");
        b.require("SET", "after-b", "1");
        List<String> differences = Convergence.await(mesh.endpoints(), Duration.ofSeconds(5));
        System.out.println("norn-rollback differences: " + differences);
        assertThat(a.requireText("GET", "after-b")).isEqualTo("1");
        assertThat(b.requireText("GET", "after-a")).isEqualTo("1");
      }
    }
  }

  @Tag("full")
  @Test
  void shouldDoNextToNothingWhenIdle() throws Exception {
    long measuredMillis = 5000;
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        ServerConnection a = mesh.server(0).connect()) {
      RealMesh.pause(3000);
      long offset = offset(a);
      long cpu = mesh.agent(0).process().cpuMillis().orElse(0);
      RealMesh.pause(measuredMillis);
      long cpuMillis = mesh.agent(0).process().cpuMillis().orElse(0) - cpu;
      long bytes = offset(a) - offset;
      System.out.printf(
          "norn-idle %d ms of processor time and %d bytes of stream in %d ms%n",
          cpuMillis, bytes, measuredMillis);
      assertThat(bytes).as("bytes: a heartbeat of each second, nothing more").isLessThan(3000);
      assertThat(cpuMillis).as("processor time").isLessThan(measuredMillis / 10);
    }
  }

  private static long offset(ServerConnection server) throws IOException {
    return server
        .requireText("INFO", "replication")
        .lines()
        .filter(line -> line.startsWith("master_repl_offset:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static long merges(AgentProcess agent) {
    return agent.lines().stream().filter(line -> line.contains("merging its data")).count();
  }

  private static void assertEqualSoon(RealMesh mesh) throws IOException {
    List<String> differences = Convergence.await(mesh.endpoints(), SOON);
    assertThat(differences).as(differences.isEmpty() ? "" : mesh.report()).isEmpty();
  }
}
