package io.norn.psync;

import static io.norn.psync.Streams.fullResync;
import static io.norn.psync.Streams.readUntil;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.psync.SyncRequest.Snapshot;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.server.ServerConnection;
import io.norn.testkit.server.ServerBinary;
import io.norn.testkit.server.ServerProcess;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Streams that go on under another replication id, or cannot go on. */
@ParameterizedClass
@MethodSource("io.norn.testkit.server.ServerBinary#forTests")
class HistoryIT {
  private static final SyncRequest EMPTY = new SyncRequest(Optional.empty(), Snapshot.EMPTY);

  @Parameter ServerBinary binary;

  private static PsyncSession open(ServerProcess server) throws IOException {
    return PsyncSession.open(
        new LinkSettings(server.endpoint(), 17379, Optional.empty(), 2_000, 20_000));
  }

  /** Writes something and reads it, so that the position is in the middle of a history. */
  private static Position follow(ServerProcess server) throws IOException {
    try (PsyncSession session = open(server);
        ServerConnection commands = server.connect()) {
      Position at = fullResync(session, EMPTY);
      session.skipSnapshot();
      commands.require("SET", "followed", "1");
      CommandFramer framer = new CommandFramer(at.offset(), RespLimits.DEFAULT);
      readUntil(session, framer, "SET followed 1");
      session.ack(framer.endOffset(), framer.endOffset());
      return new Position(at.replid(), framer.endOffset());
    }
  }

  private static void expectContinued(ServerProcess server, Position from, String... commands)
      throws IOException {
    try (PsyncSession session = open(server);
        ServerConnection connection = server.connect()) {
      assertThat(session.primary().canContinue(from)).isTrue();
      assertThat(session.primary().replid2()).isEqualTo(from.replid());
      SyncReply reply = session.sync(new SyncRequest(Optional.of(from), Snapshot.EMPTY));
      assertThat(reply).isEqualTo(new SyncReply.Continue(session.primary().replid()));
      connection.require("SET", "new", "1");
      CommandFramer framer = new CommandFramer(from.offset(), RespLimits.DEFAULT);
      List<String> seen = readUntil(session, framer, "SET new 1");
      seen.removeIf(command -> command.startsWith("SELECT"));
      assertThat(seen).containsExactly(commands);
      PrimaryInfo now = PrimaryInfo.parse(connection.requireText("INFO", "replication"));
      assertThat(framer.endOffset()).isEqualTo(now.masterReplOffset());
    }
  }

  @Test
  void shouldGoOnUnderANewIdAfterACleanRestart() throws Exception {
    try (ServerProcess server = ServerProcess.start(binary, "--save", "3600 1")) {
      Position at = follow(server);
      try (ServerConnection commands = server.connect()) {
        commands.require("SET", "missed", "1");
      }
      server.stop();
      server.restart();
      // What was written before the restart is in the RDB, but no longer in the backlog.
      Position restarted;
      try (PsyncSession session = open(server)) {
        assertThat(session.primary().canContinue(at)).isFalse();
        restarted = new Position(at.replid(), session.primary().secondReplOffset() - 1);
      }
      assertThat(restarted.offset()).isGreaterThan(at.offset());
      expectContinued(server, restarted, "SET new 1");
    }
  }

  @Test
  void shouldGoOnAtAReplicaThatWasPromoted() throws Exception {
    try (ServerProcess primary = ServerProcess.start(binary);
        ServerProcess replica = ServerProcess.start(binary);
        ServerConnection toPrimary = primary.connect();
        ServerConnection toReplica = replica.connect()) {
      toReplica.require("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
      await().until(() -> toReplica.requireText("INFO", "replication").contains("link_status:up"));
      Position at = follow(primary);
      toPrimary.require("SET", "missed", "1");
      await().until(() -> toReplica.requireText("GET", "missed").equals("1"));
      primary.kill();
      toReplica.require("REPLICAOF", "NO", "ONE");
      expectContinued(replica, at, "SET missed 1", "SET new 1");
    }
  }

  @Test
  void shouldTellAReplicaWithoutItsPrimaryToBeAskedLater() throws Exception {
    try (ServerProcess primary = ServerProcess.start(binary);
        ServerProcess replica = ServerProcess.start(binary);
        ServerConnection toReplica = replica.connect()) {
      primary.kill();
      toReplica.require("REPLICAOF", "127.0.0.1", Integer.toString(primary.port()));
      try (PsyncSession session = open(replica)) {
        assertThat(session.primary().role()).isEqualTo("slave");
        assertThat(session.sync(EMPTY)).isInstanceOf(SyncReply.TryLater.class);
      }
    }
  }

  @Test
  void shouldNotGoOnInAHistoryThatWasLost() throws Exception {
    try (ServerProcess server = ServerProcess.start(binary)) {
      Position at = follow(server);
      server.kill();
      server.restart();
      try (PsyncSession session = open(server)) {
        assertThat(session.primary().canContinue(at)).isFalse();
        Position now = fullResync(session, new SyncRequest(Optional.of(at), Snapshot.EMPTY));
        assertThat(now.replid()).isNotEqualTo(at.replid());
      }
    }
  }
}
