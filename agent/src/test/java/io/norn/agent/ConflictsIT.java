package io.norn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.agent.conflict.Conflict;
import io.norn.contest.Rule;
import io.norn.server.ServerConnection;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Two nodes that write the same keys while neither sees the other. */
final class ConflictsIT {
  private static final Duration SOON = Duration.ofSeconds(60);

  @Test
  void shouldShowWhatWasDecidedByEachRule() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()))) {
      int port = FreePort.next();
      mesh.startAgent(0, "--metrics-port", Integer.toString(port));
      mesh.startAgent(1);
      try (ServerConnection a = mesh.server(0).connect();
          ServerConnection b = mesh.server(1).connect()) {
        meet(a, b);
        pause(mesh, 0, 1);
        pause(mesh, 1, 0);
        write(b, "SET s old", "HSET h f 1 g 1", "SET n 10", "HSET t f 1", "APPEND x b");
        awaitStamps(b);
        write(a, "SET s new", "HSET h f 2", "INCR n", "SADD t m", "APPEND x a");
        mesh.agent(0).resumePeer(mesh.server(1).endpoint().address());
        mesh.agent(1).resumePeer(mesh.server(0).endpoint().address());
        assertThat(
                Convergence.await(
                    List.of(mesh.server(0).endpoint(), mesh.server(1).endpoint()), SOON))
            .isEmpty();

        assertShown(mesh, 0, Rule.SKIPPED, "s", "string", "SET s old");
        assertShown(mesh, 0, Rule.CUT_DOWN, "h", "hash", "HSET h f 1 g 1");
        assertShown(mesh, 0, Rule.REDONE, "n", "string", "SET n 10");
        assertShown(mesh, 0, Rule.TYPE_CHANGED, "t", "hash", "HSET t f 1");
        assertShown(mesh, 0, Rule.BY_STATE, "x", "string", "APPEND x b");
        assertShown(mesh, 1, Rule.OVERWRITTEN, "s", "string", "wrote the whole key");
        assertShown(mesh, 1, Rule.OVERWRITTEN, "h", "hash", "HSET f 1");
        assertThat(scrape(port))
            .contains("norn_conflicts_by_rule_total{rule=\"cut_down\"} 1")
            .contains("norn_conflicts_by_type_total{type=\"hash\"} 2");
      }
    }
  }

  @Test
  void shouldShowWhatSlippedInBehindADelete() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()))) {
      mesh.startAgent(0);
      mesh.startAgent(1);
      try (ServerConnection a = mesh.server(0).connect();
          ServerConnection b = mesh.server(1).connect()) {
        meet(a, b);
        await().atMost(SOON).pollInterval(Duration.ZERO).until(() -> slipsIn(mesh, a, b));
        Conflict shown = shown(mesh, 0, Rule.REPAIRED);
        assertThat(shown.winner().stamp().isAfter(shown.loser().stamp())).isTrue();
        assertThat(shown.winner().stamp().origin().node()).isEqualTo("node-a");
      }
    }
  }

  private int tries;

  /** The delete has to fall between the decision on the other write and its execution. */
  private boolean slipsIn(TestMesh mesh, ServerConnection a, ServerConnection b) throws Exception {
    for (int i = 0; i < 50; i++) {
      String key = "y" + tries++;
      a.require("SET", "exists", "1");
      b.require("SET", key, "1");
      long until = System.nanoTime() + tries % 40 * 50_000L;
      while (System.nanoTime() < until) {
        Thread.onSpinWait();
      }
      a.require("DEL", "exists", key);
    }
    return shown(mesh, 0, Rule.REPAIRED) != null;
  }

  private static void meet(ServerConnection a, ServerConnection b) throws IOException {
    a.require("SET", "from-a", "1");
    b.require("SET", "from-b", "1");
    await().atMost(SOON).until(() -> "1".equals(a.requireText("GET", "from-b")));
    await().atMost(SOON).until(() -> "1".equals(b.requireText("GET", "from-a")));
  }

  private static void pause(TestMesh mesh, int number, int peer) {
    mesh.agent(number).pausePeer(mesh.server(peer).endpoint().address());
    await()
        .atMost(SOON)
        .until(() -> mesh.agent(number).status().get("Peer0").get("state").equals("paused"));
  }

  private static void write(ServerConnection server, String... commands) throws IOException {
    for (String command : commands) {
      server.require(command.split(" ", 0));
    }
  }

  /** What was written so far is older than what anybody writes from now on. */
  private static void awaitStamps(ServerConnection server) throws IOException {
    Matcher offset =
        Pattern.compile("master_repl_offset:(\\d+)")
            .matcher(server.requireText("INFO", "replication"));
    assertThat(offset.find()).isTrue();
    long before = Long.parseLong(offset.group(1));
    server.require("SET", "last", "1");
    await().atMost(SOON).until(() -> stampedUpto(server) > before);
  }

  /** The last tick: time, stream, and up to where it reaches. */
  private static long stampedUpto(ServerConnection server) throws IOException {
    return Long.parseLong(server.requireText("HGET", "__norn", "t").split(" ", 4)[2]);
  }

  private static Conflict shown(TestMesh mesh, int number, Rule rule) {
    return shown(mesh, number, rule, "");
  }

  private static Conflict shown(TestMesh mesh, int number, Rule rule, String key) {
    return mesh.agent(number).inspection().conflicts().latest(1000).stream()
        .filter(each -> each.rule() == rule && each.key().startsWith(key))
        .findFirst()
        .orElse(null);
  }

  private static void assertShown(
      TestMesh mesh, int number, Rule rule, String key, String type, String loser) {
    await().atMost(SOON).until(() -> shown(mesh, number, rule, key) != null);
    Conflict shown = shown(mesh, number, rule, key);
    assertThat(shown.key()).as(rule.label()).isEqualTo(key);
    assertThat(shown.type()).isEqualTo(type);
    assertThat(shown.loser().command()).isEqualTo(loser);
    assertThat(shown.loser().stamp().origin().node()).isEqualTo("node-b");
    assertThat(shown.winner().stamp().origin().node()).isEqualTo("node-a");
    assertThat(mesh.agent(number).inspection().conflicts().counters().get(rule.counter()))
        .isPositive();
  }

  private static String scrape(int port) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics")).build(),
            BodyHandlers.ofString())
        .body();
  }
}
