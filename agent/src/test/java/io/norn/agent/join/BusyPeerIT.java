package io.norn.agent.join;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.server.ServerConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A peer that is written to at full speed while its snapshot is merged. */
class BusyPeerIT {
  private static final int SOON_SECONDS = 60;
  private static final long BYTES = 55L << 20;

  @Tag("full")
  @Test
  void shouldMergeAPeerThatWritesMoreThanMayWaitInMemory() throws Exception {
    try (JoinMesh mesh =
            new JoinMesh(2, "--repl-diskless-sync-delay", "2", "--enable-debug-command", "local");
        ServerConnection a = mesh.client(0)) {
      a.require("DEBUG", "POPULATE", "20000", "key", "100");
      AtomicLong written = new AtomicLong();
      AtomicBoolean stop = new AtomicBoolean();
      List<Thread> writers = new ArrayList<>();
      mesh.start(1, 0);
      mesh.start(0, 1);
      while (!mesh.agent(1).status().toString().contains("waiting for the peer's snapshot")) {
        Thread.sleep(5);
      }
      for (int i = 0; i < 2; i++) {
        int number = i;
        Thread writer = new Thread(() -> write(mesh, number, written, stop));
        writers.add(writer);
        writer.start();
      }
      mesh.awaitStreaming(1);
      while (written.get() < BYTES) {
        Thread.sleep(20);
      }
      stop.set(true);
      for (Thread writer : writers) {
        writer.join();
      }
      assertThat(mesh.differences(SOON_SECONDS)).isEmpty();
      assertThat((Long) a.require("DBSIZE")).isGreaterThan(20_000);
    }
  }

  private static void write(JoinMesh mesh, int number, AtomicLong written, AtomicBoolean stop) {
    String value = "v".repeat(4000);
    try (ServerConnection server = mesh.client(0)) {
      for (int i = 0; !stop.get() && written.get() < BYTES; i++) {
        for (int j = 0; j < 50; j++) {
          server.send("SET", "busy:" + number + ":" + (i * 50 + j) % 700, value + i);
          server.send("INCR", "count:" + number);
        }
        server.receiveAll();
        written.addAndGet(50L * value.length());
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
