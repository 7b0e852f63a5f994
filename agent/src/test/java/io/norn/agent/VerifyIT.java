package io.norn.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.agent.verify.Verifier;
import io.norn.server.ServerConnection;
import io.norn.testkit.Seed;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Comparing datasets while clients write, with differences that no agent knows of. */
final class VerifyIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int KEYS = 3000;

  /** Written by nobody but the tests, behind the back of all agents: what is not in the stream. */
  private static void plant(ServerConnection server, String... command) throws IOException {
    server.require("EVAL", script(command), "0");
  }

  private static String script(String... command) {
    return "redis.set_repl(redis.REPL_NONE) redis.call('" + String.join("','", command) + "')";
  }

  @Test
  void shouldFindExactlyWhatWasPlantedWhileClientsWriteAndMendIt() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.preferred(), ServerBinary.embedded()))) {
      mesh.startAgent(0);
      mesh.startAgent(1);
      AtomicBoolean stop = new AtomicBoolean();
      Thread[] writers = {writer(mesh, 0, stop), writer(mesh, 1, stop)};
      try (ServerConnection a = mesh.server(0).connect();
          ServerConnection b = mesh.server(1).connect()) {
        // While they join, snapshots would take over what is planted.
        await().atMost(SOON).until(() -> isStreaming(mesh, 0) && isStreaming(mesh, 1));
        fill(a);
        await().atMost(SOON).until(() -> b.requireText("GET", "key:" + (KEYS - 1)).equals("v"));
        for (Thread writer : writers) {
          writer.start();
        }
        Set<String> planted = plantAll(a, b);

        Verifier verifier = mesh.agent(0).inspection().verifier();
        assertThat(verifier.start(Optional.empty())).isTrue();
        assertThat(verifier.start(Optional.empty())).as("one at a time").isFalse();
        Map<String, Object> found = ended(verifier);
        assertThat(found).containsEntry("state", "done").containsEntry("unsettled", 0L);
        assertThat(keys(found)).isEqualTo(planted);

        verifier.start(Optional.of("node-a"));
        assertThat(ended(verifier)).containsEntry("repaired", (long) planted.size());
        stop.set(true);
        for (Thread writer : writers) {
          writer.join();
        }
        assertThat(
                Convergence.await(
                    List.of(mesh.server(0).endpoint(), mesh.server(1).endpoint()), SOON))
            .isEmpty();
        assertThat(a.requireText("GET", "key:7")).isEqualTo("v");
        verifier.start(Optional.empty());
        assertThat(ended(verifier)).containsEntry("state", "done").containsEntry("different", 0L);
      } finally {
        stop.set(true);
      }
    }
  }

  @Test
  void shouldSayWhatItWaitsForInsteadOfCallingKeysDifferent() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()))) {
      mesh.startAgent(0);
      Verifier verifier = mesh.agent(0).inspection().verifier();
      verifier.start(Optional.empty());
      assertThat(ended(verifier))
          .containsEntry("state", "failed")
          .hasEntrySatisfying(
              "reason", reason -> assertThat(reason.toString()).contains("no agent has run"));
    }
  }

  @Test
  void shouldLeaveOutKeysThatStayAtTheirNodes() throws Exception {
    String[] policy = {
      "--prefix-policy", "here:", "ignore", "--prefix-policy", "site:", "site-local"
    };
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()));
        ServerConnection a = mesh.server(0).connect();
        ServerConnection b = mesh.server(1).connect()) {
      mesh.startAgent(0, policy);
      mesh.startAgent(1, policy);
      await().atMost(SOON).until(() -> isStreaming(mesh, 0) && isStreaming(mesh, 1));
      a.require("SET", "here:1", "a");
      a.require("SET", "site:1", "a");
      b.require("SET", "here:1", "b");
      b.require("SET", "site:2", "b");
      a.require("SET", "key", "v");
      await().atMost(SOON).until(() -> b.requireText("GET", "key").equals("v"));
      plant(b, "SET", "key", "other");

      Verifier verifier = mesh.agent(0).inspection().verifier();
      verifier.start(Optional.empty());
      Map<String, Object> found = ended(verifier);
      assertThat(found).containsEntry("state", "done");
      assertThat(keys(found)).containsExactly("key");
      assertThat(mesh.agent(0).status().get("Peer0")).containsEntry("policies", "same");
    }
  }

  @Test
  void shouldSayThatPoliciesDiffer() throws Exception {
    try (TestMesh mesh = new TestMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded()))) {
      mesh.startAgent(0, "--conflict-policy", "observed-remove");
      mesh.startAgent(1);
      await().atMost(SOON).until(() -> isStreaming(mesh, 1));
      assertThat(mesh.agent(1).status().get("Peer0").get("policies"))
          .startsWith("differ")
          .contains("conflict-policy observed-remove");

      mesh.stopAgent(0);
      mesh.startAgent(0);
      await()
          .atMost(SOON)
          .until(() -> mesh.agent(1).status().get("Peer0").get("policies").equals("same"));
    }
  }

  private static boolean isStreaming(TestMesh mesh, int number) {
    Map<String, String> peer = mesh.agent(number).status().get("Peer0");
    return peer != null && "streaming".equals(peer.get("state"));
  }

  private static void fill(ServerConnection server) throws IOException {
    for (int i = 0; i < KEYS; i++) {
      server.send("SET", "key:" + i, "v");
    }
    for (int i = 0; i < 200; i++) {
      server.send("HSET", "hash:" + i, "f", "v", "g", "w");
      server.send("SADD", "set:" + i, "m" + i, "n");
      server.send("XADD", "stream:" + i, "1-" + (i + 1), "f", "v");
      server.send("SET", "short:" + i, "v", "PX", Integer.toString(2000 + 20 * i));
      server.send("SET", "long:" + i, "v", "PX", "10000000");
    }
    server.receiveAll();
  }

  private static Set<String> plantAll(ServerConnection a, ServerConnection b) throws IOException {
    plant(b, "SET", "key:7", "other");
    plant(a, "DEL", "key:8");
    plant(b, "DEL", "key:9");
    plant(b, "HSET", "hash:5", "f", "other");
    plant(a, "SREM", "set:5", "n");
    plant(b, "SET", "long:5", "v", "PX", "20000000");
    plant(a, "XADD", "stream:5", "9-9", "f", "v");
    plant(b, "SET", "only-at-b", "1");
    plant(b, "DEL", "set:6");
    plant(b, "SET", "set:6", "a string");
    return new TreeSet<>(
        Set.of(
            "key:7",
            "key:8",
            "key:9",
            "hash:5",
            "set:5",
            "long:5",
            "stream:5",
            "only-at-b",
            "set:6"));
  }

  /** Writes to a few hot keys, and to many others that nothing was planted in. */
  private static Thread writer(TestMesh mesh, int number, AtomicBoolean stop) {
    Random random = Seed.next().random(number);
    return new Thread(
        () -> {
          try (ServerConnection server = mesh.server(number).connect()) {
            while (!stop.get()) {
              for (int i = 0; i < 20; i++) {
                server.send("INCR", "hot:" + random.nextInt(3));
                server.send("SET", "key:" + (10 + random.nextInt(KEYS - 10)), "w" + i + number);
                server.send("HSET", "hash:" + (10 + random.nextInt(100)), "f" + i, "x" + number);
                server.send("SADD", "new:" + random.nextInt(1000), "m" + random.nextInt(9));
              }
              server.receiveAll();
              Thread.sleep(30);
            }
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
        },
        "writer-" + number);
  }

  private static Map<String, Object> ended(Verifier verifier) {
    await()
        .atMost(SOON.multipliedBy(2))
        .until(() -> !"running".equals(verifier.fields(0).get("state")));
    return verifier.fields(0);
  }

  private static Set<String> keys(Map<String, Object> fields) {
    Set<String> keys = new TreeSet<>();
    for (Object difference : (List<?>) fields.get("differences")) {
      keys.add(((Map<?, ?>) difference).get("key").toString());
    }
    return keys;
  }
}
