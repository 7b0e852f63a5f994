package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.server.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two nodes meet while one of them cannot reach a third one whose writes the other has. */
@Tag("full")
class ThirdNodeAwayIT {
  /** It is waited ten seconds for what a third node wrote, by both sides of a merge in turn. */
  private static final Duration SOON = Duration.ofSeconds(60);

  private static final int SOON_SECONDS = 60;

  /** The second node merges the third one, which lacks what the first one holds. */
  @Test
  void shouldMergeANodeThatCannotGetWhatAThirdNodeWrote() throws Exception {
    try (JoinMesh mesh = new JoinMesh(3);
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1);
        ServerConnection c = mesh.client(2)) {
      a.require("SET", "of-a", "1");
      b.require("SET", "of-b", "1");
      c.require("SET", "of-c", "1");
      mesh.link(2, 0).cut();
      mesh.link(1, 0).cut();
      mesh.link(1, 2).cut();
      mesh.start(0, 1, 2);
      mesh.start(1, 0, 2);
      mesh.start(2, 0, 1);
      awaitKey(c, "of-b");
      mesh.link(1, 0).restore();
      awaitKey(b, "of-a");
      mesh.link(1, 2).restore();
      awaitKey(b, "of-c");
      mesh.link(2, 0).restore();
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
    }
  }

  /** The last node gets a new peer, which has writes of the first one that it cannot get. */
  @Test
  void shouldMergeANodeThatHasWhatAThirdNodeWroteWhileOthersWrite() throws Exception {
    ExecutorService writer = Executors.newSingleThreadExecutor();
    try (JoinMesh mesh = new JoinMesh(4).withoutWaysBetweenAgents();
        ServerConnection a = mesh.client(0);
        ServerConnection b = mesh.client(1);
        ServerConnection d = mesh.client(3)) {
      mesh.start(0, 1, 2, 3);
      mesh.start(1, 0, 2);
      mesh.start(2, 0, 1, 3);
      mesh.start(3, 0, 2);
      a.require("SET", "of-a", "1");
      awaitKey(d, "of-a");
      for (int i = 0; i < 4; i++) {
        mesh.awaitStreaming(i);
      }
      mesh.link(3, 0).cut();
      a.require("SET", "of-a", "2");
      await().atMost(SOON).until(() -> b.requireText("GET", "of-a").equals("2"));
      b.require("SET", "of-b", "1");
      Future<Long> written = writer.submit(writing(mesh));
      mesh.agent(3).addPeer(mesh.link(3, 1).address());
      mesh.agent(1).addPeer(mesh.link(1, 3).address());
      awaitKey(d, "of-b");
      writer.shutdownNow();
      assertThat(written.get()).isPositive();
      mesh.link(3, 0).restore();
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
    } finally {
      writer.shutdownNow();
    }
  }

  /** Writes all the time to the third node, until it is interrupted. */
  private static Callable<Long> writing(JoinMesh mesh) {
    return () -> {
      long count = 0;
      try (ServerConnection c = mesh.client(2)) {
        while (!Thread.currentThread().isInterrupted()) {
          c.require("SET", "of-c:" + count++ % 20, Long.toString(count));
          Thread.sleep(5);
        }
      } catch (InterruptedException e) {
        return count;
      }
      return count;
    };
  }

  private static void awaitKey(ServerConnection server, String key) throws IOException {
    await(key + " at " + server.endpoint())
        .atMost(SOON)
        .until(() -> server.require("EXISTS", key).equals(1L));
  }
}
