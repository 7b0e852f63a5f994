package io.norn.psync;

import static io.norn.psync.Streams.fullResync;
import static io.norn.psync.Streams.readUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.norn.psync.SyncRequest.Snapshot;
import io.norn.rdb.KeyEntry;
import io.norn.rdb.RdbHandler;
import io.norn.rdb.RdbReader;
import io.norn.rdb.RdbTarget;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of a real server that keeps running. */
@ParameterizedClass
@MethodSource("io.norn.testkit.server.ServerBinary#forTests")
class PsyncSessionIT {
  private static final SyncRequest EMPTY = new SyncRequest(Optional.empty(), Snapshot.EMPTY);
  private static final SyncRequest FULL = new SyncRequest(Optional.empty(), Snapshot.FULL);

  @TempDir static Path directory;
  @Parameter ServerBinary binary;
  private static ServerProcess server;
  private static ServerConnection commands;

  @BeforeParameterizedClassInvocation
  static void start(ServerBinary binary) throws IOException {
    server = ServerProcess.start(binary, "--enable-debug-command", "local");
    commands = server.connect();
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    commands.close();
    server.close();
  }

  @BeforeEach
  void clear() throws IOException {
    commands.require("FLUSHALL");
  }

  private static LinkSettings settings() {
    return new LinkSettings(server.endpoint(), 17379, Optional.empty(), 2_000, 20_000);
  }

  private static int keysIn(Path file) throws IOException {
    int[] keys = {0};
    RdbHandler counting =
        new RdbHandler() {
          @Override
          public void key(KeyEntry entry) {
            keys[0]++;
          }

          @Override
          public void function(byte[] payload) {}

          @Override
          public void leftOut(String what) {}
        };
    RdbReader.read(file, new RdbTarget(80), counting);
    return keys[0];
  }

  private static String info(String field) throws IOException {
    return PrimaryInfo.parse(commands.requireText("INFO", "replication")).text(field);
  }

  @Test
  void shouldLearnWhatTheServerIs() throws Exception {
    try (PsyncSession session = PsyncSession.open(settings())) {
      PrimaryInfo primary = session.primary();
      assertThat(primary.majorVersion()).isGreaterThanOrEqualTo(7);
      assertThat(primary.role()).isEqualTo("master");
      assertThat(primary.replid()).hasSize(40).isEqualTo(info("master_replid"));
      assertThat(primary.loading()).isFalse();
    }
  }

  @Test
  void shouldAttachWithoutCopyingTheDataset() throws Exception {
    for (int i = 0; i < 1000; i++) {
      commands.send("SET", "key:" + i, "x".repeat(10_000));
    }
    commands.receiveAll();
    try (PsyncSession session = PsyncSession.open(settings())) {
      Position at = fullResync(session, EMPTY);
      Path file = directory.resolve("empty.rdb");
      session.receiveSnapshot(file, (bytes, total) -> {});
      assertThat(keysIn(file)).isZero();
      assertThat(at.offset()).isEqualTo(Long.parseLong(info("master_repl_offset")));
    }
  }

  @Test
  void shouldReadTheStreamWithTheOffsetsOfTheServer() throws Exception {
    try (PsyncSession session = PsyncSession.open(settings())) {
      Position at = fullResync(session, EMPTY);
      session.skipSnapshot();
      commands.require("SET", "a", "1");
      commands.require("INCR", "a");
      CommandFramer framer = new CommandFramer(at.offset(), RespLimits.DEFAULT);
      List<String> seen = readUntil(session, framer, "INCR a");
      assertThat(seen).containsSubsequence("SELECT 0", "SET a 1", "INCR a");
      assertThat(framer.endOffset()).isEqualTo(Long.parseLong(info("master_repl_offset")));
    }
  }

  @Test
  void shouldContinueAtTheExactByteAfterACut() throws Exception {
    Position cut;
    try (PsyncSession session = PsyncSession.open(settings())) {
      Position at = fullResync(session, EMPTY);
      session.skipSnapshot();
      commands.require("SET", "before", "1");
      CommandFramer framer = new CommandFramer(at.offset(), RespLimits.DEFAULT);
      readUntil(session, framer, "SET before 1");
      cut = new Position(at.replid(), framer.endOffset());
    }
    commands.require("SET", "missed", "1");
    try (PsyncSession session = PsyncSession.open(settings())) {
      assertThat(session.primary().canContinue(cut)).isTrue();
      SyncReply reply = session.sync(new SyncRequest(Optional.of(cut), Snapshot.EMPTY));
      assertThat(reply).isEqualTo(new SyncReply.Continue(cut.replid()));
      commands.require("SET", "after", "1");
      CommandFramer framer = new CommandFramer(cut.offset(), RespLimits.DEFAULT);
      List<String> seen = readUntil(session, framer, "SET after 1");
      assertThat(seen).containsExactly("SET missed 1", "SET after 1");
      assertThat(framer.endOffset()).isEqualTo(Long.parseLong(info("master_repl_offset")));
    }
  }

  @Test
  void shouldGetAFullResyncFromAPositionThatTheServerDoesNotHave() throws Exception {
    try (PsyncSession session = PsyncSession.open(settings())) {
      Position ahead =
          new Position(
              session.primary().replid(), session.primary().masterReplOffset() + 1_000_000);
      assertThat(session.primary().canContinue(ahead)).isFalse();
      fullResync(session, new SyncRequest(Optional.of(ahead), Snapshot.EMPTY));
    }
  }

  @Test
  void shouldShowAcksInInfoAndSatisfyWait() throws Exception {
    try (PsyncSession session = PsyncSession.open(settings())) {
      Position at = fullResync(session, EMPTY);
      session.skipSnapshot();
      commands.require("SET", "waited", "1");
      CommandFramer framer = new CommandFramer(at.offset(), RespLimits.DEFAULT);
      readUntil(session, framer, "SET waited 1");
      session.ack(framer.endOffset(), framer.endOffset());
      assertThat(commands.require("WAIT", "1", "5000")).isEqualTo(1L);
      assertThat(info("slave0"))
          .contains("port=17379", "state=online", "offset=" + framer.endOffset());
    }
  }

  @Test
  void shouldAnnounceItsAddress() throws Exception {
    LinkSettings announced =
        new LinkSettings(server.endpoint(), 17379, Optional.of("192.0.2.7"), 2_000, 20_000);
    try (PsyncSession session = PsyncSession.open(announced)) {
      fullResync(session, EMPTY);
      assertThat(info("slave0")).contains("ip=192.0.2.7", "port=17379");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void shouldSpoolASnapshotAndLoseNoByteOfTheStreamBehindIt(String diskless) throws Exception {
    commands.require("CONFIG", "SET", "repl-diskless-sync", diskless);
    commands.require("DEBUG", "POPULATE", "20000", "key", "100");
    Path file = directory.resolve("full-" + diskless + ".rdb");
    List<Long> totals = new ArrayList<>();
    try (PsyncSession session = PsyncSession.open(settings())) {
      Position at = fullResync(session, FULL);
      for (int i = 0; i < 1000; i++) {
        commands.send("SET", "k", Integer.toString(i));
      }
      commands.receiveAll();
      session.receiveSnapshot(file, (bytes, total) -> totals.add(total < 0 ? total : bytes));
      CommandFramer framer = new CommandFramer(at.offset(), RespLimits.DEFAULT);
      List<String> seen = readUntil(session, framer, "SET k 999");
      seen.removeIf(command -> !command.startsWith("SET"));
      assertThat(seen).hasSize(1000);
      assertThat(framer.endOffset()).isEqualTo(Long.parseLong(info("master_repl_offset")));
    }
    assertThat(totals).last().isEqualTo(diskless.equals("yes") ? -1 : Files.size(file));
    assertThat(keysIn(file)).isEqualTo(20_000);
    assertThat(file.resolveSibling(file.getFileName() + ".part")).doesNotExist();
  }

  @Test
  void shouldEndAfterTheReadDeadline() throws Exception {
    LinkSettings impatient =
        new LinkSettings(server.endpoint(), 17379, Optional.empty(), 2_000, 300);
    commands.require("CONFIG", "SET", "repl-ping-replica-period", "1000");
    try (PsyncSession session = PsyncSession.open(impatient)) {
      fullResync(session, EMPTY);
      session.skipSnapshot();
      byte[] buffer = new byte[100];
      assertThatThrownBy(
              () -> {
                while (session.read(buffer) > 0) {}
              })
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining(server.endpoint().toString())
          .hasMessageContaining("nothing received for 300 ms");
    } finally {
      commands.require("CONFIG", "SET", "repl-ping-replica-period", "10");
    }
  }

  @Test
  void shouldComeBackWhileNothingComesAndEndAfterTheReadDeadlineAllTheSame() throws Exception {
    LinkSettings impatient =
        new LinkSettings(server.endpoint(), 17379, Optional.empty(), 2_000, 300);
    commands.require("CONFIG", "SET", "repl-ping-replica-period", "1000");
    try (PsyncSession session = PsyncSession.open(impatient)) {
      fullResync(session, EMPTY);
      session.skipSnapshot();
      commands.require("SET", "k", "v");
      byte[] buffer = new byte[100];
      while (session.poll(buffer, 140) > 0) {}
      assertThat(session.poll(buffer, 140)).isZero();
      commands.require("SET", "k", "v");
      assertThat(session.poll(buffer, 140)).as("bytes end the silence").isPositive();
      assertThat(session.poll(buffer, 140)).isZero();
      assertThat(session.poll(buffer, 140)).isZero();
      assertThatThrownBy(() -> session.poll(buffer, 140))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("nothing received for 300 ms");
    } finally {
      commands.require("CONFIG", "SET", "repl-ping-replica-period", "10");
    }
  }

  @Test
  void shouldEndABlockedReadWhenClosed() throws Exception {
    PsyncSession session = PsyncSession.open(settings());
    fullResync(session, EMPTY);
    session.skipSnapshot();
    List<Exception> ends = new ArrayList<>();
    Thread reader =
        new Thread(
            () -> {
              byte[] buffer = new byte[100];
              try {
                while (session.read(buffer) > 0) {}
              } catch (IOException e) {
                ends.add(e);
              }
            });
    reader.start();
    await().until(() -> info("slave0").contains("state=online"));
    long closing = System.nanoTime();
    session.close();
    reader.join(5_000);
    assertThat(System.nanoTime() - closing).isLessThan(1_000_000_000L);
    assertThat(ends).hasSize(1);
    assertThat(ends.get(0)).hasMessageContaining("the link was closed");
    await().untilAsserted(() -> assertThat(info("connected_slaves")).isEqualTo("0"));
  }

  @Test
  void shouldNotAskForAFullSnapshotAfterAnEmptyOne() throws Exception {
    try (PsyncSession session = PsyncSession.open(settings())) {
      fullResync(session, EMPTY);
      assertThatThrownBy(() -> session.ack(1, 1)).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> session.sync(FULL)).isInstanceOf(IllegalStateException.class);
    }
  }
}
