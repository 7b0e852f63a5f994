package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** What clients write while two servers meet. */
class FirstContactIT {
  private static final int SOON_SECONDS = 40;

  @Test
  void shouldKeepThePeersMembersWhenTheLastLocalOneIsRemovedMeanwhile() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2, "--repl-diskless-sync-delay", "1");
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      a.require("SADD", "set", "a1", "a2");
      b.require("SADD", "set", "b1");
      mesh.start(0, 1);
      mesh.start(1, 0);
      awaitMerging(mesh);
      b.require("SREM", "set", "b1");
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat(a.require("SCARD", "set")).isEqualTo(2L);
    }
  }

  @Test
  void shouldLetThePeersLaterWriteWinDuringTheMerge() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2, "--repl-diskless-sync-delay", "2");
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      a.require("SET", "k", "0");
      mesh.start(0, 1);
      mesh.start(1, 0);
      awaitMerging(mesh);
      b.require("SET", "k", "earlier");
      b.require("FLUSHALL");
      Thread.sleep(30);
      a.require("SET", "k", "later");
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat(b.requireText("GET", "k")).isEqualTo("later");
    }
  }

  @Test
  void shouldFinishThoughAKeyIsWrittenAllTheTime() throws Exception {
    try (JoinMesh mesh = new JoinMesh(2);
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1)) {
      for (int i = 0; i < 300; i++) {
        a.require("SET", "key:" + i, "v");
      }
      a.require("SET", "hot", "1000");
      AtomicBoolean stop = new AtomicBoolean();
      Thread writer = new Thread(() -> increment(mesh, stop));
      writer.start();
      mesh.start(0, 1);
      mesh.start(1, 0);
      mesh.awaitStreaming(1);
      stop.set(true);
      writer.join();
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat(b.require("EXISTS", "key:299")).isEqualTo(1L);
    }
  }

  private static void increment(JoinMesh mesh, AtomicBoolean stop) {
    try (ServerConnection server = mesh.client(1)) {
      while (!stop.get()) {
        server.require("INCR", "hot");
        Thread.sleep(1);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void awaitMerging(JoinMesh mesh) throws Exception {
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (!mesh.agent(1).status().toString().contains("waiting for the peer's snapshot")) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }
}
