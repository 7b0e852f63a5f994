package io.norn.rdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.norn.psync.LinkSettings;
import io.norn.psync.PrimaryInfo;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.server.ServerConnection;
import io.norn.testkit.data.Dataset;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Snapshots brought from one real server to another. */
@ParameterizedClass
@MethodSource("pairs")
class RdbReaderIT {
  private static final int ROUNDS = 1000;

  @TempDir static Path directory;

  @Parameter(0)
  ServerBinary sourceBinary;

  @Parameter(1)
  ServerBinary targetBinary;

  private static ServerProcess source;
  private static ServerProcess target;
  private static ServerConnection from;
  private static ServerConnection to;

  static Stream<Arguments> pairs() {
    List<ServerBinary> all = ServerBinary.forTests();
    return all.stream().flatMap(from -> all.stream().map(to -> Arguments.of(from, to)));
  }

  @BeforeParameterizedClassInvocation
  static void start(ServerBinary sourceBinary, ServerBinary targetBinary) throws IOException {
    source = ServerProcess.start(sourceBinary);
    target = ServerProcess.start(targetBinary);
    from = source.connect();
    to = target.connect();
    new SampleData(from, Long.getLong("seed", 1L)).fill(ROUNDS);
  }

  @AfterParameterizedClassInvocation
  static void stop() throws IOException {
    from.close();
    to.close();
    source.close();
    target.close();
  }

  @BeforeEach
  void clear() throws IOException {
    to.require("FLUSHALL");
    to.require("FUNCTION", "FLUSH");
    to.require("SELECT", "0");
  }

  private static RdbTarget targetVersion() throws IOException {
    return RdbTarget.of(PrimaryInfo.parse(to.requireText("INFO", "server")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"yes", "no"})
  void shouldBringEveryTypeToAnotherServer(String diskless) throws Exception {
    from.require("CONFIG", "SET", "repl-diskless-sync", diskless);
    Path file = directory.resolve("full-" + diskless + ".rdb");
    receive(file);
    Restore restore = new Restore(to);
    RdbReader.read(file, targetVersion(), restore);
    assertThat(restore.keys).isGreaterThan(10 * ROUNDS);
    expectSameData();
    assertThat(to.require("FCALL", "f", "0")).isEqualTo(1L);
  }

  private static void expectSameData() throws IOException {
    boolean expiringFields = SampleData.canExpireFields(from) && SampleData.canExpireFields(to);
    List<String> differences = Dataset.read(from).differences(Dataset.read(to), 0);
    if (expiringFields) {
      assertThat(differences).isEmpty();
    } else {
      // Where fields cannot expire, their expiry cannot be kept.
      assertThat(differences).allMatch(difference -> difference.contains("fields"));
    }
  }

  private static void receive(Path file) throws IOException {
    LinkSettings settings =
        new LinkSettings(source.endpoint(), 17379, Optional.empty(), 5_000, 20_000);
    try (PsyncSession session = PsyncSession.open(settings)) {
      SyncReply reply = session.sync(new SyncRequest(Optional.empty(), SyncRequest.Snapshot.FULL));
      assertThat(reply).isInstanceOf(SyncReply.FullResync.class);
      session.receiveSnapshot(file, (bytes, total) -> {});
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"valkey-8.1", "valkey-9.1"})
  void shouldBringSnapshotsOfNewerServersDownToThisOne(String name) throws Exception {
    Restore restore = new Restore(to);
    RdbReader.read(RdbReaderTest.fixture(name), targetVersion(), restore);
    assertThat(restore.keys).isGreaterThan(15);
    assertThat(to.require("FCALL", "answer", "0")).isEqualTo(42L);
    assertThat(to.requireText("GET", "other:db")).isEqualTo("x");
    to.require("SELECT", "0");
    expectFixture();
    if (name.equals("valkey-9.1")) {
      assertThat(to.requireText("HGET", "hash:expiring", "later")).isEqualTo("3");
    }
  }

  private static void expectFixture() throws IOException {
    assertThat(to.requireText("GET", "string:big")).isEqualTo("9223372036854775807");
    assertThat(to.requireText("GET", "string:lzf")).isEqualTo("abcdefgh".repeat(100));
    assertThat(to.require("PEXPIRETIME", "string:expires")).isEqualTo(4102444800000L);
    assertThat(to.requireText("HGET", "hash:small", "c")).isEqualTo("-300");
    assertThat(to.requireText("HGET", "hash:large", "field:40")).isEqualTo("value:40");
    assertThat(to.require("SMISMEMBER", "set:small", "one", "two", "3"))
        .isEqualTo(List.of(1L, 1L, 1L));
    assertThat(to.require("SISMEMBER", "set:ints", "5000000000")).isEqualTo(1L);
    assertThat(to.require("SCARD", "set:large")).isEqualTo(40L);
    assertThat(to.requireText("ZSCORE", "zset:small", "d")).isEqualTo("inf");
    assertThat(to.requireText("ZSCORE", "zset:large", "member:40")).isEqualTo("40.25");
    assertThat(to.requireText("LINDEX", "list:small", "2")).isEqualTo("3");
    assertThat(to.requireText("LINDEX", "list:large", "59")).isEqualTo("element:60");
    assertThat(to.require("XLEN", "stream")).isEqualTo(2L);
    assertThat((List<?>) to.require("XPENDING", "stream", "group", "-", "+", "5")).hasSize(1);
    assertThat(to.require("PFCOUNT", "hll")).isEqualTo(3L);
  }

  @Test
  void shouldReadAFileThatWasWrittenWithoutChecksum() throws Exception {
    try (ServerProcess server = ServerProcess.start(sourceBinary, "--rdbchecksum", "no");
        ServerConnection connection = server.connect()) {
      new SampleData(connection, 2).fill(10);
      connection.require("SAVE");
      Path file = server.directory().resolve("dump.rdb");
      assertThat(RdbFileCheck.of(file).hasChecksum()).isFalse();
      assertThat(Snapshot.of(file, 10).keys).hasSizeGreaterThan(100);
    }
  }
}
