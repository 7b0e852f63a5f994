package io.norn.agent.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent's ticks tell of deletes, as another reader of the stream understands it. */
class OwnDeletesIT {
  /** Lets tests switch off that keys expire by themselves. */
  private static final String[] DEBUG = {"--enable-debug-command", "yes"};

  static Stream<ServerBinary> servers() {
    return ServerBinary.forTests().stream();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellAKeyThatExpiredFromOneThatAClientDeleted(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, DEBUG)) {
      start(mesh);
      ServerConnection client = mesh.client();
      client.require("SET", "gone", "v", "PX", "20");
      client.require("SET", "deleted", "v");
      client.require("DEL", "deleted");

      awaitChanges(mesh, "gone", "NORN.EXPIRED gone");
      awaitChanges(mesh, "deleted", "SET deleted v", "DEL deleted");
      assertThat(mesh.status(0, "Local", "expiry-events")).isEqualTo("yes");
      assertThat(mesh.status(0, "Local", "server_deletes")).isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellAKeyThatExpiredWhenItWasTouched(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, DEBUG)) {
      start(mesh);
      ServerConnection client = mesh.client();
      client.require("DEBUG", "SET-ACTIVE-EXPIRE", "0");
      client.require("SET", "read", "v", "PX", "5");
      client.require("SET", "removed", "v", "PX", "5");
      client.require("SET", "written", "v", "PX", "5");
      Thread.sleep(20);
      client.require("GET", "read");
      client.require("DEL", "removed");
      client.require("SET", "written", "w");

      awaitChanges(mesh, "read", "NORN.EXPIRED read");
      awaitChanges(mesh, "removed", "NORN.EXPIRED removed");
      awaitChanges(mesh, "written", "NORN.EXPIRED written", "SET written w");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellAKeyThatExpiredInsideATransactionOfAClient(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, DEBUG)) {
      start(mesh);
      ServerConnection client = mesh.client();
      client.require("DEBUG", "SET-ACTIVE-EXPIRE", "0");
      client.require("SET", "k", "v", "PX", "5");
      client.require("SET", "l", "v");
      Thread.sleep(20);
      client.require("MULTI");
      client.require("SET", "first", "k");
      client.require("INCR", "k");
      client.require("DEL", "l");
      client.require("DEL", "k");
      client.require("EXEC");

      awaitChanges(mesh, "k", "SET first k", "NORN.EXPIRED k", "INCR k", "DEL k");
      awaitChanges(mesh, "l", "SET l v", "DEL l");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellAKeyThatExpiresAndIsDeletedInTurn(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, DEBUG)) {
      start(mesh);
      ServerConnection client = mesh.client();
      client.require("DEBUG", "SET-ACTIVE-EXPIRE", "0");
      int rounds = 30;
      for (int i = 0; i < rounds; i++) {
        client.require("SET", "k", "v", "PX", "1");
        Thread.sleep(3);
        client.require("GET", "k");
        client.require("SET", "k", "w");
        client.require("DEL", "k");
      }

      await().until(() -> deletes(mesh, "k").size() == 2 * rounds);
      for (int i = 0; i < rounds; i++) {
        assertThat(deletes(mesh, "k").subList(2 * i, 2 * i + 2))
            .containsExactly("NORN.EXPIRED k", "DEL k");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellAnEvictedKey(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, "--maxmemory-policy", "volatile-ttl")) {
      start(mesh);
      ServerConnection client = mesh.client();
      for (int i = 0; i < 20; i++) {
        client.require("SET", "key" + i, "x".repeat(2000), "EX", "1000");
      }
      client.require("CONFIG", "SET", "maxmemory", "1");
      client.call("SET", "more", "v");
      client.require("CONFIG", "SET", "maxmemory", "0");
      client.require("SET", "other", "v");
      client.require("DEL", "other");

      await().until(() -> mesh.reader().changes("NORN.EVICTED").size() == 20);
      awaitChanges(mesh, "other", "SET other v", "DEL other");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellThousandsOfKeysThatExpireAmongDeletes(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, DEBUG)) {
      start(mesh);
      ServerConnection client = mesh.client();
      int count = 3000;
      for (int i = 0; i < count; i++) {
        client.send("SET", "gone" + i, "v", "PX", Integer.toString(1 + i % 200));
        client.send("SET", "deleted" + i, "v");
        client.send("DEL", "deleted" + i);
      }
      client.receiveAll();

      await().until(() -> mesh.reader().items().size() >= 4 * count);
      assertThat(mesh.reader().changes("DEL"))
          .hasSize(count)
          .allMatch(line -> line.contains(" deleted"));
      assertThat(mesh.reader().changes("NORN.EXPIRED")).allMatch(line -> line.contains(" gone"));
      assertThat(mesh.reader().changes("NORN.EXPIRED")).hasSize(count);
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellAKeyThatExpiredInsideATransactionOfAnAgent(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, DEBUG)) {
      start(mesh);
      ServerConnection client = mesh.client();
      client.require("DEBUG", "SET-ACTIVE-EXPIRE", "0");
      client.require("SET", "k", "v", "PX", "5");
      client.require("SET", "l", "v");
      client.require("SET", "m", "v");
      Thread.sleep(20);
      client.require("MULTI");
      client.require("HSET", "__norn:v", "b", "another 1");
      client.require("SET", "m", "w");
      client.require("SET", "k", "w");
      client.require("DEL", "m");
      client.require("DEL", "l", "l");
      client.require("EXEC");
      client.require("SET", "n", "v");

      awaitChanges(mesh, "k", "batch: SET k w", "NORN.EXPIRED k");
      awaitChanges(mesh, "l", "SET l v", "batch: DEL l l");
      awaitChanges(mesh, "m", "SET m v", "batch: SET m w", "batch: DEL m");
      awaitChanges(mesh, "n", "SET n v");
    }
  }

  /**
   * A client that removes a key the moment it expires is told whether it was in time. Each key is
   * removed once: of two removals of one key in a few milliseconds nothing tells which was whose.
   */
  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellWhoWasFirstWhenAClientDeletesWhatExpires(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1)) {
      start(mesh);
      ServerConnection client = mesh.client();
      List<String> truth = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        String key = "k" + i;
        client.require("SET", key, "v", "PX", "5");
        LockSupport.parkNanos(50_000L * i);
        boolean isInTime = client.require("DEL", key).equals(1L);
        truth.add((isInTime ? "DEL " : "NORN.EXPIRED ") + key);
      }

      await().until(() -> deletes(mesh.reader().changes()).size() == truth.size());
      assertThat(deletes(mesh.reader().changes())).isEqualTo(truth);
      assertThat(truth).contains("DEL k0", "NORN.EXPIRED k199");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellFieldsThatExpired(ServerBinary binary) throws Exception {
    assumeThat(binary.name()).matches("valkey-server (9|\\d\\d)\\..*");
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1)) {
      start(mesh);
      ServerConnection client = mesh.client();
      client.require("HSET", "h", "f", "1", "g", "2", "i", "3");
      client.require("HPEXPIRE", "h", "10", "FIELDS", "1", "f");
      awaitChanges(mesh, "f", "HSET h f 1 g 2 i 3", "NORN.HEXPIRED h f");
      client.require("HDEL", "h", "i");
      client.require("HPEXPIRE", "h", "10", "FIELDS", "1", "g");
      awaitChanges(mesh, "i", "HSET h f 1 g 2 i 3", "HDEL h i");
      awaitChanges(mesh, "g", "HSET h f 1 g 2 i 3", "NORN.HEXPIRED h g");
      await().until(() -> mesh.reader().changes("h").contains("NORN.EXPIRED h"));
    }
  }

  private static void start(ExpiryMesh mesh) throws Exception {
    mesh.startAgent(0, List.of());
    await().until(() -> mesh.status(0, "Local", "expiry-events").equals("yes"));
  }

  private static List<String> deletes(ExpiryMesh mesh, String key) {
    return deletes(mesh.reader().changes(key));
  }

  private static List<String> deletes(List<String> changes) {
    return changes.stream()
        .filter(
            line -> line.startsWith("DEL") || line.startsWith("UNLINK") || line.startsWith("NORN"))
        .map(line -> line.replace("UNLINK", "DEL"))
        .toList();
  }

  /** Leaves out how it was set. */
  private static void awaitChanges(ExpiryMesh mesh, String key, String... lines) {
    await()
        .untilAsserted(
            () ->
                assertThat(
                        mesh.reader().changes(key).stream()
                            .filter(
                                line -> !line.contains(" PXAT ") && !line.contains("HPEXPIREAT"))
                            .map(line -> line.replace("UNLINK", "DEL")))
                    .containsExactly(lines));
  }
}
