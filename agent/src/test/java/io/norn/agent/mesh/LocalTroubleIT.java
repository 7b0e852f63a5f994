package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.TempDirs;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.FreePort;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What an agent does while its own server refuses, hangs, or throws it out: it goes on journaling
 * its peer, says what it waits for, and misses nothing in the end.
 */
class LocalTroubleIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<ServerBinary> TWO =
      List.of(ServerBinary.embedded(), ServerBinary.embedded());
  private static final int MAX_LINES_OF_LOG = 100;

  @Test
  void shouldWaitWhileTheServerIsOutOfMemory() throws Exception {
    survive("OOM", (b, to) -> set(to, "maxmemory", "1mb"), (b, to) -> set(to, "maxmemory", "0"));
  }

  @Tag("full")
  @Test
  void shouldWaitWhileTheServerIsAReplica() throws Exception {
    String nobody = Integer.toString(FreePort.next());
    survive(
        "READONLY",
        (b, to) -> to.require("REPLICAOF", "127.0.0.1", nobody),
        (b, to) -> to.require("REPLICAOF", "NO", "ONE"));
  }

  @Test
  void shouldWaitWhileTheServerLacksReplicas() throws Exception {
    survive(
        "NOREPLICAS",
        (b, to) -> set(to, "min-replicas-to-write", "9"),
        (b, to) -> set(to, "min-replicas-to-write", "0"));
  }

  @Tag("full")
  @Test
  void shouldWaitWhileTheServerCannotSaveItsData() throws Exception {
    survive(
        "MISCONF",
        (b, to) -> {
          TempDirs.delete(b.directory());
          set(to, "save", "3600 1");
          to.require("BGSAVE");
        },
        (b, to) -> set(to, "stop-writes-on-bgsave-error", "no"));
  }

  @Tag("full")
  @Test
  void shouldWaitWhileAScriptKeepsTheServerBusy() throws Exception {
    survive(
        "BUSY",
        (b, to) -> {
          set(to, "lua-time-limit", "100");
          new Thread(() -> runForEver(b)).start();
          RealMesh.pause(1000);
        },
        (b, to) -> to.require("SCRIPT", "KILL"));
  }

  @Test
  void shouldWaitWhileTheServerHangs() throws Exception {
    survive("", (b, to) -> b.pause(), (b, to) -> b.resume());
  }

  @Test
  void shouldComeBackWheneverItIsThrownOut() throws Exception {
    survive(
        "",
        (b, to) -> {
          for (int i = 0; i < 5; i++) {
            throwOut(to);
            RealMesh.pause(300);
          }
        },
        (b, to) -> throwOut(to));
  }

  @Test
  void shouldWaitWhileThePasswordIsAnother() throws Exception {
    survive(
        "",
        (b, to) -> {
          set(to, "requirepass", "changed");
          throwOut(to);
        },
        (b, to) -> set(to, "requirepass", ""));
  }

  private static void runForEver(ServerProcess server) {
    try (ServerConnection client = server.connect()) {
      client.call("EVAL", "while true do end", "0");
    } catch (IOException e) {
      // It is killed in the end.
    }
  }

  /** Something that is done to the server, or by a client of it that is not thrown out. */
  @FunctionalInterface
  private interface Step {
    void run(ServerProcess server, ServerConnection client) throws IOException;
  }

  private static void survive(String said, Step harm, Step mend) throws IOException {
    try (RealMesh mesh = new RealMesh(TWO).startAgents();
        Counting counting = new Counting(mesh.server(0));
        ServerConnection client = mesh.server(1).connect()) {
      counting.awaitMore(50);
      harm.run(mesh.server(1), client);
      await().atMost(SOON).until(() -> field(mesh, "apply_obstacle").contains(said));
      long journaled = journaled(mesh);
      counting.awaitMore(200);
      await().atMost(SOON).until(() -> journaled(mesh) > journaled + 200 * 30);
      mend.run(mesh.server(1), client);
      counting.awaitMore(50);
      long sum = counting.stop();
      assertThat(Convergence.await(mesh.endpoints(), SOON)).as(said).isEmpty();
      assertThat(client.requireText("GET", Counting.COUNTER)).isEqualTo(Long.toString(sum));
      assertThat(mesh.agent(1).lines()).hasSizeLessThan(MAX_LINES_OF_LOG);
      await().atMost(SOON).until(() -> field(mesh, "apply_obstacle").isEmpty());
    }
  }

  /** Bytes of the peer's stream that the agent holds on disk. */
  private static long journaled(RealMesh mesh) {
    return Long.parseLong(lastField(mesh, "received_bytes"));
  }

  private static String field(RealMesh mesh, String name) {
    Matcher line = line(mesh, name);
    assertThat(line.find()).as(name).isTrue();
    return line.group(1);
  }

  /** The peer's section stands behind the local server's. */
  private static String lastField(RealMesh mesh, String name) {
    Matcher line = line(mesh, name);
    String last = "";
    while (line.find()) {
      last = line.group(1);
    }
    return last;
  }

  private static Matcher line(RealMesh mesh, String name) {
    return Pattern.compile(name + ":([^\r\n]*)").matcher(mesh.agent(1).info());
  }

  private static void set(ServerConnection server, String name, String value) throws IOException {
    server.require("CONFIG", "SET", name, value);
  }

  private static void throwOut(ServerConnection but) throws IOException {
    but.require("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    but.require("CLIENT", "KILL", "TYPE", "replica");
    but.require("CLIENT", "KILL", "TYPE", "pubsub");
  }
}
