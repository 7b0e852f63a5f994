package io.norn.agent.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.agent.journals.ServedStream;
import io.norn.journal.Journal;
import io.norn.journal.JournalSettings;
import io.norn.journal.StreamRange;
import io.norn.journal.SyncPolicy;
import io.norn.net.Endpoint;
import io.norn.psync.LinkSettings;
import io.norn.psync.Position;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {
  private static final String REPLID = "r".repeat(40);
  private static final String LATER = "l".repeat(40);

  @TempDir Path directory;
  private Journal journal;
  private ControlPort port;

  @BeforeEach
  void open() throws IOException {
    JournalSettings settings =
        new JournalSettings(directory, SyncPolicy.NO, 1L << 30, Duration.ofDays(1), 1 << 20);
    journal = Journal.open(settings, InstantSource.system());
    port = ControlPort.open();
  }

  @AfterEach
  void close() throws IOException {
    port.close();
    journal.close();
  }

  private void append(String stream, long offset, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    journal.append(stream, offset, 0, bytes, 0, bytes.length);
  }

  private void serve() {
    port.agent().streams.clear();
    for (StreamRange range : journal.streams()) {
      port.agent().streams.add(new ServedStream(range, LATER, journal));
    }
  }

  private PsyncSession session() throws IOException {
    Endpoint endpoint = Endpoint.plain("127.0.0.1", port.server().port());
    return PsyncSession.open(new LinkSettings(endpoint, 1, Optional.empty(), 5000, 10_000));
  }

  private static SyncReply ask(PsyncSession session, String stream, long offset)
      throws IOException {
    return session.sync(
        new SyncRequest(Optional.of(new Position(stream, offset)), SyncRequest.Snapshot.EMPTY));
  }

  private static String read(PsyncSession session, int bytes) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[3];
    while (text.length() < bytes) {
      int count = session.read(buffer);
      if (count < 0) {
        return text + "(end)";
      }
      text.append(new String(buffer, 0, count, StandardCharsets.US_ASCII));
    }
    return text.toString();
  }

  @Test
  void shouldSendWhatIsHeldAndThenWhatComes() throws IOException {
    append("s.7", 1000, "abcdef");
    serve();
    try (PsyncSession session = session()) {
      assertThat(ask(session, "s.7", 1002)).isEqualTo(new SyncReply.Continue(LATER));
      assertThat(read(session, 4)).isEqualTo("cdef");
      append("s.7", 1006, "ghi");
      session.ack(1006, 1006);
      assertThat(read(session, 3)).isEqualTo("ghi");
    }
  }

  @Test
  void shouldTakeTheReplidOfThePrimaryForTheName() throws IOException {
    append(REPLID, 0, "abc");
    serve();
    try (PsyncSession session = session()) {
      assertThat(ask(session, LATER, 3)).isEqualTo(new SyncReply.Continue(LATER));
    }
  }

  @Test
  void shouldEndWhereAnOldStreamHasEnded() throws IOException {
    append(REPLID, 0, "abc");
    append("next", 2, "xyz");
    serve();
    try (PsyncSession session = session()) {
      ask(session, REPLID, 1);
      assertThat(read(session, 3)).isEqualTo("bc(end)");
    }
  }

  @Test
  void shouldEndWhenTheStreamIsLeftThoughNothingFollows() throws IOException {
    append(REPLID, 0, "abc");
    serve();
    try (PsyncSession session = session()) {
      ask(session, REPLID, 3);
      append("next", 2, "");
      assertThat(read(session, 1)).isEqualTo("(end)");
    }
  }

  @Test
  void shouldSayWhatIsHeldInstead() throws IOException {
    append(REPLID, 100, "abc");
    serve();
    try (PsyncSession session = session()) {
      for (long wrong : new long[] {99, 104}) {
        assertThat(ask(session, REPLID, wrong))
            .isInstanceOfSatisfying(
                SyncReply.Refused.class,
                refused ->
                    assertThat(refused.reason())
                        .contains("NOTHELD this agent holds the stream " + REPLID)
                        .contains("from 100 to 103, not at " + wrong));
      }
    }
  }

  @Test
  void shouldNotMixErrorsIntoTheStreamOfAClientThatSendsGarbage() throws IOException {
    append(REPLID, 0, "abc");
    serve();
    try (RawClient client = port.raw()) {
      client.send("PSYNC " + REPLID + " 1\r\n");
      String reply = "+CONTINUE " + LATER + "\r\nabc";
      assertThat(client.receive(reply.length())).isEqualTo(reply);
      client.send("*1\r\n+garbage\r\n");
      assertThat(client.receiveAll()).isEmpty();
    }
  }

  @Test
  void shouldServeABoundedNumberAtATime() throws Exception {
    append(REPLID, 0, "abc");
    serve();
    PsyncSession[] sessions = new PsyncSession[32];
    for (int i = 0; i < sessions.length; i++) {
      sessions[i] = session();
      assertThat(ask(sessions[i], REPLID, 0)).isInstanceOf(SyncReply.Continue.class);
    }
    try (PsyncSession session = session()) {
      assertThat(ask(session, REPLID, 0)).isInstanceOf(SyncReply.TryLater.class);
    }
    for (PsyncSession session : sessions) {
      session.close();
    }
    append(REPLID, 3, "d".repeat(100_000));
    append(REPLID, 100_003, "e".repeat(100_000));
    SyncReply reply = null;
    for (int i = 0; i < 100 && !(reply instanceof SyncReply.Continue); i++) {
      Thread.sleep(50);
      append(REPLID, journal.end(), "e".repeat(1000));
      try (PsyncSession session = session()) {
        reply = ask(session, REPLID, 0);
      }
    }
    assertThat(reply).isInstanceOf(SyncReply.Continue.class);
  }
}
