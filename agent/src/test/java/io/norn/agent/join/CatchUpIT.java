package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import io.norn.testkit.Seed;
import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * More was written than the servers keep for a link that was away: it comes from the journals of
 * agents, and nobody needs a snapshot. {@code -Dnorn.catchup.mb=50} writes as much as that.
 */
class CatchUpIT {
  private static final int MEGABYTES = Integer.getInteger("norn.catchup.mb", 3);
  private static final int SOON_SECONDS = 40 + 4 * MEGABYTES;
  private static final int VALUE_BYTES = 1000;
  private static final int KEYS = 500;
  private static final String[] SMALL_BACKLOG = {"--repl-backlog-size", "1mb"};

  @Test
  void shouldHealALongCutWithoutASnapshot() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2, SMALL_BACKLOG);
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      start(mesh, a);
      long before = mesh.fullSyncs(0) + mesh.fullSyncs(1);
      mesh.cutAll();
      long[] sums = writeGap(a, b);
      long begin = System.nanoTime();
      mesh.restoreAll();
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      System.out.printf(
          "norn-catchup %d MB on each side were made good in %d ms%n",
          MEGABYTES, (System.nanoTime() - begin) / 1_000_000);
      assertMadeGood(a, sums);
      assertThat(mesh.fullSyncs(0) + mesh.fullSyncs(1)).isEqualTo(before);
      assertHandedBack(mesh);
    }
  }

  @Test
  void shouldFetchFromAPeerWhatWasWrittenWhileTheAgentWasDown() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2, SMALL_BACKLOG);
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      start(mesh, a);
      long before = mesh.fullSyncs(0) + mesh.fullSyncs(1);
      mesh.stop(0);
      long[] sums = writeGap(a, b);
      mesh.start(0, 1);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertMadeGood(b, sums);
      assertThat(mesh.fullSyncs(0) + mesh.fullSyncs(1)).isEqualTo(before);
      assertHandedBack(mesh);
    }
  }

  @Test
  void shouldGoOnFromAThirdNodesJournalWhenThePeersAgentIsAway() throws Exception {
    try (JoinMesh mesh = new JoinMesh(3, SMALL_BACKLOG);
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1);
        ServerConnection c = mesh.client(2)) {
      for (int i = 0; i < 3; i++) {
        mesh.start(i, (i + 1) % 3, (i + 2) % 3);
      }
      a.require("SET", "common", "1");
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      for (int i = 0; i < 3; i++) {
        mesh.awaitStreaming(i);
      }
      long before = mesh.fullSyncs(0) + mesh.fullSyncs(1) + mesh.fullSyncs(2);
      mesh.stop(0);
      mesh.link(1, 0).cut();
      long[] sums = writeGap(a, c);
      mesh.link(1, 0).restore();
      await()
          .atMost(Duration.ofSeconds(SOON_SECONDS))
          .untilAsserted(() -> assertThat(sum(b)).isEqualTo(sums[0] + sums[1]));
      mesh.start(0, 1, 2);
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertMadeGood(b, sums);
      assertThat(mesh.fullSyncs(0) + mesh.fullSyncs(1) + mesh.fullSyncs(2)).isEqualTo(before);
    }
  }

  private static void start(JoinMesh mesh, ServerConnection a) throws Exception {
    mesh.start(0, 1);
    mesh.start(1, 0);
    for (int i = 0; i < KEYS; i++) {
      a.require("SET", "gone:" + i, "old");
    }
    assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
    mesh.awaitStreaming(0);
    mesh.awaitStreaming(1);
  }

  /** Gives what each side has added to the counter. */
  private static long[] writeGap(ServerConnection a, ServerConnection b) throws IOException {
    Random random = Seed.next().random();
    long[] sums = new long[2];
    for (int i = 0; i < MEGABYTES * 1000; i++) {
      sums[0] += write(a, random, i);
      sums[1] += write(b, random, i);
    }
    for (int i = 0; i < KEYS; i++) {
      (i % 2 == 0 ? a : b).require("DEL", "gone:" + i);
    }
    return sums;
  }

  private static long write(ServerConnection server, Random random, int i) throws IOException {
    String value = Integer.toString(i).repeat(VALUE_BYTES).substring(0, VALUE_BYTES);
    server.send("SET", "k:" + random.nextInt(KEYS), value);
    server.send("HSET", "h:" + random.nextInt(5), "f" + random.nextInt(50), value.substring(990));
    server.send("SETEX", "t:" + random.nextInt(KEYS), "3600", "x" + i);
    server.send("DEL", "k:" + random.nextInt(KEYS));
    int delta = random.nextInt(100);
    server.send("INCRBY", "n", Integer.toString(delta));
    server.receiveAll();
    return delta;
  }

  private static void assertMadeGood(ServerConnection server, long[] sums) throws IOException {
    assertThat(sum(server)).isEqualTo(sums[0] + sums[1]);
    for (int i = 0; i < KEYS; i++) {
      assertThat(server.require("EXISTS", "gone:" + i)).isEqualTo(0L);
    }
  }

  private static long sum(ServerConnection server) throws IOException {
    return Long.parseLong(server.requireText("GET", "n"));
  }

  /** The streams come from the servers again. */
  private static void assertHandedBack(JoinMesh mesh) throws Exception {
    mesh.awaitStreaming(0);
    mesh.awaitStreaming(1);
  }
}
