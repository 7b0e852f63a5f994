package io.norn.agent.mesh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.Seed;
import io.norn.testkit.data.Convergence;
import io.norn.testkit.server.ServerBinary;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sessions that are refreshed on a site chosen at random for every request. */
class SessionIT {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final int CLIENTS = 4;

  @Test
  void shouldKeepSessionsThatAreUsedAndNoOthers() throws Exception {
    run(200, 8_000);
  }

  @Tag("soak")
  @Test
  void shouldKeepManySessionsThatAreUsedAndNoOthers() throws Exception {
    run(2_000, 30_000);
  }

  private static void run(int sessions, long millis) throws Exception {
    Seed seed = Seed.next();
    ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    try (RealMesh mesh =
        new RealMesh(List.of(ServerBinary.embedded(), ServerBinary.embedded())).startAgents()) {
      List<Future<Sessions.Result>> clients = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        String prefix = "session:" + i + ":";
        clients.add(
            threads.submit(new Sessions(mesh, prefix, sessions / CLIENTS, seed.random(i), millis)));
      }
      for (Future<Sessions.Result> client : clients) {
        check(mesh, client.get());
      }
      assertThat(Convergence.await(mesh.endpoints(), SOON)).isEmpty();
      await().atMost(SOON).until(() -> isEmpty(mesh.server(0).connect()));
      await().atMost(SOON).until(() -> isEmpty(mesh.server(1).connect()));
    } finally {
      threads.shutdownNow();
    }
  }

  private static void check(RealMesh mesh, Sessions.Result result) throws IOException {
    System.out.printf(
        "norn-sessions: %d requests, %d sessions in use, %d logged out%n",
        result.requests(), result.live().size(), result.loggedOut().size());
    assertThat(result.lost()).as("expired while they were used").isEmpty();
    assertThat(result.loggedOut()).isNotEmpty();
    for (int i = 0; i < mesh.size(); i++) {
      try (ServerConnection site = mesh.server(i).connect()) {
        for (String session : result.loggedOut()) {
          await().atMost(SOON).until(() -> site.require("EXISTS", session).equals(0L));
        }
        for (String session : result.live()) {
          assertThat((long) site.require("PTTL", session))
              .as("time to live of %s", session)
              .isNotEqualTo(-1L);
        }
      }
    }
  }

  /** None was left without a time to live. */
  private static boolean isEmpty(ServerConnection site) throws IOException {
    try (site) {
      return ((List<?>) site.require("KEYS", "session:*")).isEmpty();
    }
  }
}
