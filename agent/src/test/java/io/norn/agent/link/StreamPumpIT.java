package io.norn.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.agent.part.Traffic;
import io.norn.agent.part.Worker;
import io.norn.journal.Journal;
import io.norn.journal.SyncPolicy;
import io.norn.psync.Position;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.server.ServerConnection;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StreamPumpIT {
  @Test
  void shouldGoOnInsideACommandAsAPeersJournalMayEndThere() throws Exception {
    try (LocalNode node = new LocalNode();
        ServerConnection server = node.server().connect()) {
      PsyncSession first = node.attach().session();
      server.require("SET", "key", "x".repeat(1000));
      byte[] buffer = new byte[100];
      int length = first.read(buffer);
      String stream = node.journal().latest().orElseThrow().stream();
      node.journal().append(stream, node.journal().end(), 0, buffer, 0, length);
      first.close();
      try (Pumping pumping = new Pumping(node, node.journal())) {
        pumping.awaitAll();
      }
    }
  }

  @Test
  @SuppressWarnings("try") // it only has to run beside
  void shouldAnswerAtOnceWhenAClientOfThePrimaryWaits() throws Exception {
    try (LocalNode node = new LocalNode();
        ServerConnection server = node.server().connect()) {
      node.attachedName();
      try (Pumping pumping = new Pumping(node, node.journal())) {
        pumping.awaitAll();
        for (int i = 0; i < 5; i++) {
          server.require("SET", "key", Integer.toString(i));
          assertThat(server.require("WAIT", "1", "3000")).isEqualTo(1L);
        }
        pumping.awaitAll();
      }
    }
  }

  @Test
  @SuppressWarnings("try") // it only has to run beside
  void shouldTellWhatItHasThoughNothingMoreComes() throws Exception {
    try (LocalNode node = new LocalNode();
        ServerConnection server = node.server().connect()) {
      node.attachedName();
      try (Pumping pumping = new Pumping(node, node.journal())) {
        pumping.awaitAll();
        for (int i = 0; i < 5; i++) {
          server.require("SET", "key", Integer.toString(i));
        }
        String told = "offset=" + node.info("master_repl_offset") + ",";
        await()
            .atMost(Duration.ofSeconds(5))
            .until(() -> server.requireText("INFO", "replication").contains(told));
      }
    }
  }

  /** A pump on a thread of its own, from where the journal ends. */
  private static final class Pumping implements AutoCloseable {
    private final LocalNode node;
    private final Journal journal;
    private final PsyncSession session;
    private final Worker worker;

    Pumping(LocalNode node, Journal journal) throws IOException {
      this.node = node;
      this.journal = journal;
      this.session = PsyncSession.open(node.settings());
      Position from = new Position(node.replid(), journal.end());
      SyncReply reply =
          session.sync(new SyncRequest(Optional.of(from), SyncRequest.Snapshot.EMPTY));
      assertThat(reply).isInstanceOf(SyncReply.Continue.class);
      this.worker = new Worker("pump", this::pump);
      worker.start();
    }

    private void pump() throws InterruptedException {
      String stream = journal.latest().orElseThrow().stream();
      try {
        StreamPump.Sink sink = StreamPump.Sink.onFlow(() -> {}, new Traffic());
        new StreamPump(session, journal, SyncPolicy.NO, stream, sink, text -> {}).run();
      } catch (IOException e) {
        session.close();
      }
    }

    void awaitAll() {
      await().until(() -> journal.end() == node.info("master_repl_offset"));
    }

    @Override
    public void close() {
      session.close();
      worker.close();
    }
  }
}
