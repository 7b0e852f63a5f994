package io.norn.agent.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.norn.agent.node.SmallFile;
import io.norn.agent.part.LinkStatus;
import io.norn.apply.NodeMonitor;
import io.norn.journal.SyncPolicy;
import io.norn.net.Address;
import io.norn.psync.PsyncSession;
import io.norn.server.ServerConnection;
import io.norn.stream.Reserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class LocalLinkIT {
  private static final int SOON_MILLIS = 10_000;

  private final List<String> ends = new CopyOnWriteArrayList<>();

  @Test
  void shouldGoOnBehindAJournalThatEndsInsideACommand() throws Exception {
    try (LocalNode node = new LocalNode();
        ServerConnection server = node.server().connect()) {
      LocalAttach.Attached first = node.attach();
      server.require("SET", "key", "a value that is cut");
      journalSome(node, first, 40);
      LocalAttach.Attached second = node.attach();
      assertThat(second.checkpoint()).isEqualTo(first.checkpoint());
      NodeMonitor monitor = node.monitor(second);
      try (LocalLink link = link(node, second, monitor, node.files(), () -> {})) {
        link.start();
        assertThat(showsBarrier(server, monitor)).isTrue();
        assertThat(node.journal().end()).isEqualTo(node.info("master_repl_offset"));
      }
      assertThat(ends).isEmpty();
    }
  }

  private static void journalSome(LocalNode node, LocalAttach.Attached attached, int wanted)
      throws IOException {
    byte[] buffer = new byte[1 << 16];
    String stream = attached.checkpoint().own().stream();
    try (PsyncSession session = attached.session()) {
      for (int done = 0; done < wanted; ) {
        int length = Math.min(session.read(buffer), wanted - done);
        node.journal().append(stream, node.journal().end(), 0, buffer, 0, length);
        done += length;
      }
    }
  }

  @Test
  void shouldTakeItsTimeWhenEachLinkBreaksAtOnce() throws Exception {
    try (LocalNode node = new LocalNode();
        ServerConnection server = node.server().connect()) {
      LocalAttach.Attached attached = node.attach();
      try (LocalLink link = link(node, attached, node.monitor(attached), node.files(), () -> {})) {
        link.start();
        long endNanos = System.nanoTime() + Duration.ofSeconds(4).toNanos();
        while (System.nanoTime() < endNanos) {
          server.require("CLIENT", "KILL", "TYPE", "replica");
          Thread.sleep(1);
        }
      }
      assertThat(node.info("sync_partial_ok")).isBetween(1L, 10L);
    }
  }

  @Test
  void shouldNotLeaveSessionsBehindWhenItsFilesCannotBeWritten() throws Exception {
    try (LocalNode node = new LocalNode();
        ServerConnection server = node.server().connect()) {
      LocalAttach.Attached attached = node.attach();
      Path missing = Path.of("/proc/no-such-directory/replid");
      LocalFiles files = new LocalFiles(new SmallFile(missing), node.files().checkpoint());
      try (LocalLink link = link(node, attached, node.monitor(attached), files, () -> {})) {
        link.start();
        server.require("CLIENT", "KILL", "TYPE", "replica");
        await().until(() -> node.info("sync_partial_ok") >= 4);
        assertThat(node.info("connected_slaves")).isLessThanOrEqualTo(1);
      }
    }
  }

  @Test
  void shouldSayWhenABugEndsIt() throws Exception {
    try (LocalNode node = new LocalNode();
        ServerConnection server = node.server().connect()) {
      LocalAttach.Attached attached = node.attach();
      Runnable bug =
          () -> {
            throw new IllegalStateException("oops");
          };
      try (LocalLink link = link(node, attached, node.monitor(attached), node.files(), bug)) {
        link.start();
        server.require("SET", "key", "value");
        await().until(() -> !ends.isEmpty());
        assertThat(ends).singleElement().asString().contains("local-link").contains("oops");
        await().until(() -> node.info("connected_slaves") == 0);
      }
    }
  }

  private LocalLink link(
      LocalNode node,
      LocalAttach.Attached attached,
      NodeMonitor monitor,
      LocalFiles files,
      Runnable onUncovered) {
    Address address = node.server().endpoint().address();
    OwnStream own =
        new OwnStream(
            attached.checkpoint().own(), node.settings(address), node.journal(), SyncPolicy.NO);
    return new LocalLink(
        own,
        monitor,
        files,
        new LinkStatus("local server"),
        attached.session(),
        attached.checkpoint().state(),
        onUncovered,
        ends::add);
  }

  /** Ticks first what is not stamped, as the agent would. */
  private static boolean showsBarrier(ServerConnection server, NodeMonitor monitor)
      throws Exception {
    await().until(() -> monitor.with(state -> state.decoder().uncoveredUpto()) > 0);
    String name = monitor.with(state -> state.ownStream().stream());
    long upto = monitor.with(state -> state.decoder().uncoveredUpto());
    server.require(new io.norn.stream.Tick(monitor.nextHlc(1), name, upto).asWrite());
    server.require("SPUBLISH", Reserved.CHANNEL, monitor.barrier(1));
    return monitor.awaitBarrier(1, SOON_MILLIS);
  }
}
