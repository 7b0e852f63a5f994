package io.norn.agent.expiry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What an agent does with {@code notify-keyspace-events}, as far as it may. */
class EventRightsIT {
  private static final String[] AS_NORN = {"--local-user", "norn", "--local-auth", "secret"};

  static Stream<ServerBinary> servers() {
    return ServerBinary.forTests().stream();
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldKeepTheFlagsThatAreThere(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, "--notify-keyspace-events", "Kg")) {
      mesh.startAgent(0, List.of());
      awaitStatus(mesh, "yes");
      assertThat(flags(mesh)).contains("K", "g", "E", "x", "e");
      expire(mesh);
      await().until(() -> mesh.reader().changes("gone").contains("NORN.EXPIRED gone"));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldLeaveFlagsAloneThatAreEnough(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, "--notify-keyspace-events", "KEA")) {
      ServerConnection client = mesh.client();
      forbid(client, "allchannels", "-config|set");
      mesh.startAgent(0, List.of(), AS_NORN);
      awaitStatus(mesh, "yes");
      expire(mesh);
      await().until(() -> mesh.reader().changes("gone").contains("NORN.EXPIRED gone"));
      assertThat(flags(mesh)).isEqualTo("AKE");
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldSayThatItMayNotChangeTheFlags(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1)) {
      ServerConnection client = mesh.client();
      forbid(client, "allchannels", "-config|set");
      mesh.startAgent(0, List.of(), AS_NORN);
      await()
          .until(
              () ->
                  mesh.status(0, "Local", "expiry-events")
                      .startsWith("no (notify-keyspace-events is '' and cannot be set to 'Exe'"));
      expire(mesh);
      await().until(() -> client.require("EXISTS", "gone").equals(0L));
      client.require("SET", "more", "v");

      await().until(() -> mesh.reader().changes("more").contains("SET more v"));
      assertThat(mesh.reader().changes("gone").get(1)).isIn("DEL gone", "UNLINK gone");
      await().until(() -> mesh.status(0, "Local", "unseen_deletes").equals("1"));
      assertThat(flags(mesh)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldTellExpiryEvenIfItMayNotReadTheFlags(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1, "--notify-keyspace-events", "Exe")) {
      ServerConnection client = mesh.client();
      forbid(client, "allchannels", "-config");
      mesh.startAgent(0, List.of(), AS_NORN);
      await()
          .until(
              () ->
                  mesh.status(0, "Local", "expiry-events")
                      .startsWith("no (notify-keyspace-events cannot be read: NOPERM"));
      // The status says so a moment before the subscription stands.
      await().until(() -> subscriptions(client) > 0);
      Thread.sleep(200);
      expire(mesh);
      await().until(() -> mesh.reader().changes("gone").contains("NORN.EXPIRED gone"));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldSubscribeWithTheLeastRights(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1)) {
      ServerConnection client = mesh.client();
      forbid(client, "resetchannels", "&__norn", "&__keyevent@*");
      mesh.startAgent(0, List.of(), AS_NORN);
      awaitStatus(mesh, "yes");
      client.require("SELECT", "5");
      client.require("SET", "gone", "v", "PX", "10");
      await().until(() -> mesh.reader().changes("gone").contains("NORN.EXPIRED gone"));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldSayThatItMayNotSubscribe(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1)) {
      ServerConnection client = mesh.client();
      forbid(client, "resetchannels", "&__norn");
      mesh.startAgent(0, List.of(), AS_NORN);
      await().until(() -> mesh.status(0, "Local", "expiry-events").contains("NOPERM"));
      client.require("SET", "k", "v");
      client.require("DEL", "k");
      await().until(() -> mesh.reader().changes("k").contains("DEL k"));
    }
  }

  @ParameterizedTest
  @MethodSource("servers")
  void shouldGoOnAfterItsSubscriptionWasCut(ServerBinary binary) throws Exception {
    try (ExpiryMesh mesh = new ExpiryMesh(binary, 1)) {
      mesh.startAgent(0, List.of());
      awaitStatus(mesh, "yes");
      ServerConnection client = mesh.client();
      client.require("CLIENT", "KILL", "TYPE", "pubsub");
      client.require("SET", "k", "v");
      client.require("DEL", "k");
      await().until(() -> mesh.reader().changes("k").contains("DEL k"));
      await().until(() -> subscriptions(client) > 0);
      awaitStatus(mesh, "yes");
      expire(mesh);
      await().until(() -> mesh.reader().changes("gone").contains("NORN.EXPIRED gone"));
    }
  }

  /** A user for the agent with all rights but some. */
  private static void forbid(ServerConnection client, String... rules) throws Exception {
    Stream<String> all =
        Stream.concat(
            Stream.of("ACL", "SETUSER", "norn", "on", ">secret", "~*", "+@all"),
            Arrays.stream(rules));
    client.require(all.toArray(String[]::new));
  }

  private static void expire(ExpiryMesh mesh) throws Exception {
    mesh.client().require("SET", "gone", "v", "PX", "10");
  }

  private static String flags(ExpiryMesh mesh) throws Exception {
    List<?> pair = (List<?>) mesh.client().require("CONFIG", "GET", "notify-keyspace-events");
    return ServerConnection.text(pair.get(1));
  }

  private static long subscriptions(ServerConnection client) throws Exception {
    return client
        .requireText("INFO", "stats")
        .lines()
        .filter(line -> line.startsWith("pubsub_patterns:"))
        .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(':') + 1).strip()))
        .findFirst()
        .orElseThrow();
  }

  private static void awaitStatus(ExpiryMesh mesh, String status) {
    await().until(() -> mesh.status(0, "Local", "expiry-events").equals(status));
  }
}
