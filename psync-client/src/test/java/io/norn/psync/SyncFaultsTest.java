package io.norn.psync;

import static io.norn.psync.FakePrimary.CLOSE;
import static io.norn.psync.FakePrimary.REPLID;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.norn.psync.SyncRequest.Snapshot;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Faults that real servers do not show on demand. */
class SyncFaultsTest {
  private static final SyncRequest FULL = new SyncRequest(Optional.empty(), Snapshot.FULL);
  private static final SyncRequest EMPTY = new SyncRequest(Optional.empty(), Snapshot.EMPTY);
  private static final Position FROM = new Position(REPLID, 99);
  private static final SyncRequest MORE = new SyncRequest(Optional.of(FROM), Snapshot.EMPTY);
  private static final String FULL_RESYNC = "+FULLRESYNC " + REPLID + " 1000\r\n";
  private static final String MARK = "m".repeat(39) + "!";

  @TempDir Path directory;
  private FakePrimary primary;

  @BeforeEach
  void create() throws IOException {
    primary = new FakePrimary();
  }

  @AfterEach
  void close() throws IOException {
    primary.close();
  }

  private PsyncSession open() throws IOException {
    return PsyncSession.open(primary.start().settings());
  }

  private static String readAll(PsyncSession session, int length) throws IOException {
    StringBuilder text = new StringBuilder();
    byte[] buffer = new byte[16];
    while (text.length() < length) {
      int count = session.read(buffer);
      assertThat(count).isPositive();
      text.append(new String(buffer, 0, count, ISO_8859_1));
    }
    return text.toString();
  }

  @ParameterizedTest
  @CsvSource({
    "+CONTINUE, 0123456789abcdef0123456789abcdef01234567",
    "+CONTINUE ffffffffffffffffffffffffffffffffffffffff, ffffffffffffffffffffffffffffffffffffffff",
  })
  void shouldContinueWithTheIdThatThePrimaryNames(String line, String replid) throws Exception {
    primary.answer("PSYNC", "\n\n" + line + "\r\nstream bytes");
    try (PsyncSession session = open()) {
      assertThat(session.sync(MORE)).isEqualTo(new SyncReply.Continue(replid));
      assertThat(readAll(session, 12)).isEqualTo("stream bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-LOADING Redis is loading the dataset in memory",
        "-NOMASTERLINK Can't SYNC while not connected with my master",
        "-MASTERDOWN Link with MASTER is down",
        "-BUSY Redis is busy running a script.",
      })
  void shouldAskAgainOnTheSameSessionWhenNotReady(String error) throws Exception {
    primary.answer("PSYNC", error + "\r\n");
    try (PsyncSession session = open()) {
      SyncReply reply = session.sync(EMPTY);
      assertThat(reply).isInstanceOf(SyncReply.TryLater.class);
      assertThat(((SyncReply.TryLater) reply).reason()).contains(error.substring(1));
      primary.answer("PSYNC", FULL_RESYNC);
      assertThat(session.sync(EMPTY)).isInstanceOf(SyncReply.FullResync.class);
    }
  }

  @Test
  void shouldSayWhichRightsAreMissing() throws Exception {
    primary.answer("PSYNC", "-NOPERM this user has no permissions to run the 'psync' command\r\n");
    try (PsyncSession session = open()) {
      SyncReply reply = session.sync(EMPTY);
      assertThat(reply).isInstanceOf(SyncReply.Refused.class);
      assertThat(((SyncReply.Refused) reply).reason()).contains("NOPERM", "+psync +replconf");
    }
  }

  @Test
  void shouldRefuseToCopyADatasetWhenTheFilterIsNotKnown() throws Exception {
    primary.answer("REPLCONF rdb-filter-only", "-ERR Unrecognized REPLCONF option\r\n");
    try (PsyncSession session = open()) {
      assertThat(session.sync(EMPTY)).isInstanceOf(SyncReply.Refused.class);
    }
    assertThat(primary.received).noneMatch(command -> command.startsWith("PSYNC"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "+FULLRESYNC short 1",
        "+FULLRESYNC 0123456789abcdef0123456789abcdef01234567 x",
        "+CONTINUE short",
        "+OK",
        ":1",
        "$2\r\nOK",
      })
  void shouldNotGuessWhatAnUnknownAnswerMeans(String answer) throws Exception {
    primary.answer("PSYNC", answer + "\r\n");
    try (PsyncSession session = open()) {
      assertThatThrownBy(() -> session.sync(MORE))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("unexpected answer to PSYNC");
    }
  }

  @Test
  void shouldNotTakeContinueForAnAnswerWhenNoPositionWasGiven() throws Exception {
    primary.answer("PSYNC", "+CONTINUE\r\n");
    try (PsyncSession session = open()) {
      assertThatThrownBy(() -> session.sync(FULL)).hasMessageContaining("unexpected answer");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$4\r\nRDB!",
        "\n\n\n$4\r\nRDB!",
        "$EOF:" + "M\r\nRDB!M",
        "\n$EOF:" + "M\r\nRDB!M",
      })
  void shouldSpoolBothFormsAndKeepTheStreamBehindThem(String form) throws Exception {
    primary.answer("PSYNC", FULL_RESYNC + form.replace("M", MARK) + "*1\r\n");
    Path file = directory.resolve("dump.rdb");
    List<Long> progress = new ArrayList<>();
    try (PsyncSession session = open()) {
      assertThat(session.sync(FULL))
          .isEqualTo(new SyncReply.FullResync(new Position(REPLID, 1000)));
      session.receiveSnapshot(file, (bytes, total) -> progress.add(bytes));
      assertThat(readAll(session, 4)).isEqualTo("*1\r\n");
    }
    assertThat(Files.readString(file)).isEqualTo("RDB!");
    assertThat(progress).containsExactly(4L);
  }

  @Test
  void shouldFindAMarkThatIsSplitAnywhereInALargeSnapshot() throws Exception {
    for (int length : new int[] {48 * 1024 - 20, 48 * 1024 - 40, 48 * 1024, 200_000}) {
      String rdb = MARK.substring(0, 39).repeat(length / 39 + 1).substring(0, length);
      primary.close();
      primary = new FakePrimary();
      primary.answer("PSYNC", FULL_RESYNC + "$EOF:" + MARK + "\r\n" + rdb + "x" + MARK + "tail");
      Path file = directory.resolve("dump.rdb");
      try (PsyncSession session = open()) {
        session.sync(FULL);
        session.receiveSnapshot(file, (bytes, total) -> {});
        assertThat(readAll(session, 4)).isEqualTo("tail");
      }
      assertThat(Files.readString(file)).isEqualTo(rdb + "x");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "$10\r\nRDB",
        "$EOF:M\r\nRDB",
        "$EOF:M\r\nRDBm",
        "$EOF:M\r\nRDBWRONG",
        "$10\r\n",
        "",
      })
  void shouldLeaveNoFileWhenTheSnapshotIsCutOrItsMarkIsWrong(String sent) throws Exception {
    String bytes = sent.replace("M", MARK).replace("WRONG", "n".repeat(40));
    primary.answer("PSYNC", FULL_RESYNC + bytes + CLOSE);
    try (PsyncSession session = open()) {
      session.sync(FULL);
      assertThatThrownBy(() -> session.receiveSnapshot(directory.resolve("dump.rdb"), (b, t) -> {}))
          .isInstanceOf(IOException.class)
          .hasMessageMatching(".*(the snapshot was cut after|closed the connection).*");
    }
    assertThat(directory).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"$50\r\n", "$EOF:M\r\n"})
  void shouldLeaveNoFileWhereverTheSnapshotIsCut(String head) throws Exception {
    String whole = head.replace("M", MARK) + "R".repeat(50) + (head.contains("M") ? MARK : "");
    for (int length = 0; length < whole.length(); length++) {
      primary.close();
      primary = new FakePrimary();
      primary.answer("PSYNC", FULL_RESYNC + whole.substring(0, length) + CLOSE);
      try (PsyncSession session = open()) {
        session.sync(FULL);
        assertThatThrownBy(
                () -> session.receiveSnapshot(directory.resolve("dump.rdb"), (b, t) -> {}))
            .isInstanceOf(IOException.class);
      }
      assertThat(directory).isEmptyDirectory();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"$4\r\nRDB!", "$EOF:M\r\nRDB!M"})
  void shouldLoseNoByteOfWhatComesOneByOne(String form) throws Exception {
    primary.answer("PSYNC", "\n" + FULL_RESYNC + "\n" + form.replace("M", MARK) + "*1\r\n");
    primary.oneByOne();
    Path file = directory.resolve("dump.rdb");
    try (PsyncSession session = open()) {
      session.sync(FULL);
      session.receiveSnapshot(file, (bytes, total) -> {});
      assertThat(readAll(session, 4)).isEqualTo("*1\r\n");
    }
    assertThat(Files.readString(file)).isEqualTo("RDB!");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-ERR no snapshot\r\n", "$EOF:short\r\n", "$-1\r\n", "*1\r\n"})
  void shouldNotTakeAnythingElseForASnapshot(String sent) throws Exception {
    primary.answer("PSYNC", FULL_RESYNC + sent);
    try (PsyncSession session = open()) {
      session.sync(FULL);
      assertThatThrownBy(() -> session.receiveSnapshot(directory.resolve("dump.rdb"), (b, t) -> {}))
          .hasMessageContaining("expected a snapshot but the server sent");
    }
  }

  @Test
  void shouldNotSwallowADatasetWhenAnEmptySnapshotWasAskedFor() throws Exception {
    primary.answer("PSYNC", FULL_RESYNC + "$2000000\r\n" + "x".repeat(2_000_000));
    try (PsyncSession session = open()) {
      session.sync(EMPTY);
      assertThatThrownBy(session::skipSnapshot)
          .hasMessageContaining("sends its whole dataset though an empty one was asked for");
    }
  }

  @Test
  void shouldRepeatTheAckUntilTheStreamStarts() throws Exception {
    primary.answer("PSYNC", FULL_RESYNC + "$0\r\n");
    try (PsyncSession session = open()) {
      session.sync(EMPTY);
      session.skipSnapshot();
      long start = System.nanoTime();
      assertThatThrownBy(() -> session.read(new byte[10]))
          .isInstanceOf(SocketTimeoutException.class)
          .hasMessageContaining("nothing received for 2 s");
      assertThat(System.nanoTime() - start).isGreaterThan(1_800_000_000L);
    }
    assertThat(primary.received.stream().filter("REPLCONF ACK 0 FACK 0"::equals).count())
        .isGreaterThanOrEqualTo(4);
  }

  @Test
  void shouldSeeTheEndOfTheStream() throws Exception {
    primary.answer("PSYNC", "+CONTINUE\r\nlast" + CLOSE);
    try (PsyncSession session = open()) {
      session.sync(MORE);
      assertThat(readAll(session, 4)).isEqualTo("last");
      assertThat(session.read(new byte[10])).isEqualTo(-1);
    }
  }
}
