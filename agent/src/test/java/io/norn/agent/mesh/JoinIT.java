package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import io.norn.testkit.Seed;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JoinIT {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final int PER_SECOND = 1000;
  private static final int KEYS = 200;
  private static final List<ServerBinary> KINDS = ServerBinary.forTests();
  private static final List<ServerBinary> TWO =
      List.of(ServerBinary.embedded(), KINDS.get(KINDS.size() - 1));

  /** Whose agent starts first. */
  enum First {
    A,
    B,
    BOTH
  }

  @ParameterizedTest
  @CsvSource({"A", "B"})
  void shouldUniteTwoServersThatHoldData(First first) throws Exception {
    unite(TWO, first);
  }

  @Tag("full")
  @Test
  void shouldUniteTwoServersThatHoldDataWhenBothAgentsStartAtOnce() throws Exception {
    unite(TWO, First.BOTH);
  }

  static void unite(List<ServerBinary> binaries, First first) throws IOException {
    try (RealMesh mesh = meshWithData(binaries)) {
      start(mesh, first);
      assertEqual(mesh);
      assertUnited(mesh.server(0).connect());
      assertUnited(mesh.server(1).connect());
    }
  }

  @Test
  void shouldMakeServersEqualThatAreWrittenWhileTheyJoin() throws Exception {
    joinWhileWritten(TWO, First.BOTH);
  }

  @Tag("full")
  @ParameterizedTest
  @CsvSource({"A", "B"})
  void shouldMakeServersEqualThatAreWrittenWhileOneJoinsLate(First first) throws Exception {
    joinWhileWritten(TWO, first);
  }

  static void joinWhileWritten(List<ServerBinary> binaries, First first) throws IOException {
    try (RealMesh mesh = meshWithData(binaries);
        Load load = new Load(mesh, Seed.next(), KEYS, PER_SECOND)) {
      start(mesh, first);
      load.stop();
      assertEqual(mesh);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void shouldJoinThoughAnAgentIsKilledWhileItMerges(int victim) throws Exception {
    try (RealMesh mesh = new RealMesh(TWO)) {
      fill(mesh, 20_000);
      mesh.agent(0).launch();
      mesh.agent(1).launch();
      mesh.agent(victim)
          .process()
          .awaitLine(line -> line.contains("merging its data"), Duration.ofSeconds(30));
      RealMesh.pause(150);
      mesh.agent(victim).kill();
      mesh.agent(victim).start();
      mesh.awaitJoined();
      assertEqual(mesh);
      assertMany(mesh, 20_000);
    }
  }

  @Tag("full")
  @Test
  void shouldJoinServersWithManyKeysWhileTheyAreWritten() throws Exception {
    try (RealMesh mesh = new RealMesh(TWO)) {
      fill(mesh, 50_000);
      long begin = System.nanoTime();
      try (Load load = new Load(mesh, Seed.next(), KEYS, PER_SECOND)) {
        mesh.startAgents();
        System.out.printf(
            "norn-join 50,000 keys: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        load.stop();
      }
      assertEqual(mesh);
      assertMany(mesh, 50_000);
    }
  }

  private static RealMesh meshWithData(List<ServerBinary> binaries) throws IOException {
    RealMesh mesh = new RealMesh(binaries);
    for (int node = 0; node < mesh.size(); node++) {
      try (ServerConnection server = mesh.server(node).connect()) {
        new SampleData(server, node == 0 ? "a" : "b").writeAll();
      }
    }
    return mesh;
  }

  private static void fill(RealMesh mesh, int keys) throws IOException {
    for (int node = 0; node < mesh.size(); node++) {
      try (ServerConnection server = mesh.server(node).connect()) {
        new SampleData(server, node == 0 ? "a" : "b").writeMany(keys);
      }
    }
  }

  private static void start(RealMesh mesh, First first) throws IOException {
    if (first == First.BOTH) {
      mesh.startAgents();
      return;
    }
    int number = first == First.A ? 0 : 1;
    mesh.agent(number).start();
    RealMesh.pause(700);
    mesh.agent(1 - number).start();
    mesh.awaitJoined();
  }

  private static void assertEqual(RealMesh mesh) throws IOException {
    List<String> differences = Convergence.await(mesh.endpoints(), SOON);
    assertThat(differences).as(differences.isEmpty() ? "" : mesh.report()).isEmpty();
  }

  private static void assertUnited(ServerConnection server) throws IOException {
    try (server) {
      for (String db : List.of("0", "3")) {
        server.require("SELECT", db);
        assertThat(server.requireText("GET", "a:string")).isEqualTo("value");
        assertThat(server.requireText("GET", "b:string")).isEqualTo("value");
        assertThat(server.requireText("PEXPIRETIME", "a:expiring")).isEqualTo("4102444800000");
        assertThat(server.requireText("PEXPIRETIME", "b:hash")).isEqualTo("4102444800000");
        assertThat(server.requireText("GET", "both:string")).isIn("valuea", "valueb");
        assertThat(names(server, "HKEYS", "both:hash")).containsExactly("common", "onlya", "onlyb");
        assertThat(names(server, "SMEMBERS", "both:set"))
            .containsExactly("common", "onlya", "onlyb");
        assertThat(names(server, "SMEMBERS", "both:numbers")).containsExactly("1", "2", "3");
        assertThat(server.require("ZCARD", "both:zset")).isEqualTo(5L);
        assertThat(server.require("HLEN", "both:large")).isEqualTo(600L);
        assertThat(server.require("ZCARD", "both:ranks")).isEqualTo(600L);
        assertThat(server.require("LLEN", "a:list")).isEqualTo(3L);
        assertThat(server.require("XLEN", "b:stream")).isEqualTo(1L);
      }
    }
  }

  private static List<String> names(ServerConnection server, String... command) throws IOException {
    TreeSet<String> names = new TreeSet<>();
    for (Object name : (List<?>) server.require(command)) {
      names.add(ServerConnection.text(name));
    }
    return List.copyOf(names);
  }

  /** Half of the names are on both sides. */
  private static void assertMany(RealMesh mesh, int keys) throws IOException {
    try (ServerConnection server = mesh.server(0).connect()) {
      for (int i = 0; i < keys; i += 997) {
        String name = (i % 2 == 0 ? "many:" : "many:b:") + i;
        assertThat(server.require("EXISTS", name)).as(name).isEqualTo(1L);
      }
      assertThat(server.require("SCARD", "many:2")).isEqualTo(3L);
      assertThat(server.require("HLEN", "many:4")).isEqualTo(3L);
    }
  }
}
