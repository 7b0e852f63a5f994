package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.Seed;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.net.FaultyProxy;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Links between two of three nodes fail while clients write on all of them: what the one writes
 * reaches the other through the third one's agent. Their own agents cannot be reached by anybody.
 */
class RelayIT {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final ServerBinary EMBEDDED = ServerBinary.embedded();
  private static final int A = 0;
  private static final int B = 1;
  private static final int C = 2;
  private static final int KEYS = 50;
  private static final int PER_SECOND = 600;
  private static final long MOMENT_MILLIS = 1000;
  private static final long LONG_MILLIS = 20_000;

  /** So much longer than over a link that is well, a write may take while its own link is cut. */
  private static final long MOST_LAG_MILLIS = 1000;

  private static final long CALM_MILLIS = 500;

  private static RealMesh mesh;
  private static Load load;
  private static LagMeter fromA;
  private static LagMeter fromB;
  private static LagMeter fromC;
  private static long fullSyncs;

  /** Which ways are cut, by who reads there. */
  enum Cut {
    B_READS_NOT_A,
    A_READS_NOT_B,
    BOTH;

    List<FaultyProxy> links() {
      return switch (this) {
        case B_READS_NOT_A -> List.of(mesh.link(B, A));
        case A_READS_NOT_B -> List.of(mesh.link(A, B));
        case BOTH -> List.of(mesh.link(B, A), mesh.link(A, B));
      };
    }
  }

  @BeforeAll
  static void join() throws IOException {
    String nobody = Integer.toString(FreePort.next());
    mesh =
        new RealMesh(
                List.of(EMBEDDED, EMBEDDED, EMBEDDED),
                node -> node == C ? List.of() : List.of("--announce-port", nobody))
            .startAgents();
    fullSyncs = fullSyncs();
    load = new Load(mesh, Seed.next(), KEYS, PER_SECOND);
    fromA = new LagMeter(mesh.server(A), mesh.server(B));
    fromB = new LagMeter(mesh.server(B), mesh.server(A));
    fromC = new LagMeter(mesh.server(C), mesh.server(B));
    awaitCalm();
  }

  /** What was just started is slow at first. */
  private static void awaitCalm() {
    await()
        .atMost(SOON)
        .until(() -> Arrays.stream(lagsOver(100)).allMatch(lag -> 0 < lag && lag < CALM_MILLIS));
  }

  /** Nothing is lost, nothing was counted twice, and no server had to send its data. */
  @AfterAll
  static void leave() throws IOException {
    try (RealMesh ended = mesh;
        LagMeter first = fromA;
        LagMeter second = fromB;
        LagMeter third = fromC) {
      Writer.Result result = load.stop();
      load.close();
      for (LagMeter meter : List.of(first, second, third)) {
        meter.close();
      }
      List<String> differences = Convergence.await(ended.endpoints(), SOON);
      assertThat(differences).as(differences.isEmpty() ? "" : ended.report()).isEmpty();
      ConvergenceRun.checkServers(ended, result);
      assertThat(fullSyncs()).isEqualTo(fullSyncs);
    }
  }

  @AfterEach
  void heal() throws IOException {
    for (FaultyProxy link : mesh.allLinks()) {
      link.restore();
      link.unstall();
    }
    mesh.awaitJoined();
  }

  @Test
  void shouldGetThroughAThirdNodeWhatALinkThatIsCutDoesNotBring() throws Exception {
    endure(Cut.BOTH, MOMENT_MILLIS);
  }

  @Tag("full")
  @ParameterizedTest
  @EnumSource
  void shouldGetThroughAThirdNodeWhatALinkThatIsCutOneWayDoesNotBring(Cut cut) throws Exception {
    endure(cut, 2 * MOMENT_MILLIS);
  }

  @Tag("soak")
  @Test
  void shouldGetThroughAThirdNodeWhatALinkThatIsCutForLongDoesNotBring() throws Exception {
    endure(Cut.BOTH, LONG_MILLIS);
  }

  private static void endure(Cut cut, long millis) throws IOException {
    takeLags();
    long[] before = lagsOver(millis / 3);
    cut.links().forEach(FaultyProxy::cut);
    long[] during = lagsOver(millis);
    String reading = peer(mesh.agent(cut == Cut.A_READS_NOT_B ? A : B), cut.links().get(0));
    cut.links().forEach(FaultyProxy::restore);
    mesh.awaitJoined();
    long[] after = lagsOver(millis / 3);
    System.out.printf(
        "norn-relay %s for %d ms: most lag A to B, B to A, C to B in ms: %s before, %s while cut,"
            + " %s when restored%n",
        cut, millis, Arrays.toString(before), Arrays.toString(during), Arrays.toString(after));
    assertThat(reading).contains("state:relayed", "through the agent of node-c");
    for (long[] lags : List.of(during, after)) {
      assertThat(Math.max(lags[0], lags[1])).isLessThan(MOST_LAG_MILLIS + lags[2]);
    }
  }

  private static long[] lagsOver(long millis) throws IOException {
    RealMesh.pause(millis);
    return takeLags();
  }

  private static long[] takeLags() throws IOException {
    return new long[] {fromA.take(), fromB.take(), fromC.take()};
  }

  /** No end of a connection tells that nothing passes any more. */
  @Tag("full")
  @Test
  void shouldFindTheWayThroughAThirdNodeWhenALinkIsHalfOpen() throws Exception {
    try (ServerConnection a = mesh.server(A).connect();
        ServerConnection b = mesh.server(B).connect()) {
      long begin = System.nanoTime();
      mesh.link(B, A).stall();
      RealMesh.pause(100);
      a.require("SET", "half-open", "1");
      await().atMost(SOON).until(() -> "1".equals(b.requireText("GET", "half-open")));
      long noticedMillis = (System.nanoTime() - begin) / 1_000_000;
      assertThat(peer(mesh.agent(B), mesh.link(B, A))).contains("state:relayed");
      takeLags();
      await().atMost(SOON).until(() -> lagsOver(100)[0] < MOST_LAG_MILLIS);
      long[] during = lagsOver(MOMENT_MILLIS);
      System.out.printf(
          "norn-relay half open: noticed after %d ms, then most lag A to B, B to A, C to B in ms:"
              + " %s%n",
          noticedMillis, Arrays.toString(during));
      assertThat(during[0]).isLessThan(MOST_LAG_MILLIS + during[2]);
    }
  }

  /** Its own agent is dead and nobody writes there: the server says nothing for ten seconds. */
  @Tag("full")
  @Test
  void shouldNotTakeALinkForDeadOnWhichThereIsNothingToSay() throws Exception {
    try (RealMesh quiet = new RealMesh(List.of(EMBEDDED, EMBEDDED)).startAgents()) {
      FaultyProxy link = quiet.link(1, 0);
      String since = field(peer(quiet.agent(1), link), "since_millis");
      quiet.agent(0).kill();
      RealMesh.pause(8000);
      String now = peer(quiet.agent(1), link);
      assertThat(field(now, "state")).isEqualTo("streaming");
      assertThat(field(now, "since_millis")).isEqualTo(since);
    }
  }

  private static String field(String section, String name) {
    Matcher matcher = Pattern.compile("(?m)^" + name + ":(.*?)\\s*$").matcher(section);
    assertThat(matcher.find()).as("%s in %s", name, section).isTrue();
    return matcher.group(1);
  }

  /** What an agent says of the peer that it reads over a link. */
  private static String peer(AgentProcess agent, FaultyProxy link) {
    String info = agent.info();
    int address = info.indexOf("address:" + link.address());
    assertThat(address).as(info).isNotNegative();
    int next = info.indexOf("\n#", address);
    return info.substring(address, next < 0 ? info.length() : next);
  }

  private static long fullSyncs() throws IOException {
    long sum = 0;
    for (int node = 0; node < mesh.size(); node++) {
      try (ServerConnection server = mesh.server(node).connect()) {
        sum += Long.parseLong(field(server.requireText("INFO", "stats"), "sync_full"));
      }
    }
    return sum;
  }
}
