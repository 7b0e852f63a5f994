package io.norn.agent.link;

import io.norn.agent.node.SmallFile;
import io.norn.apply.NodeMonitor;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import io.norn.psync.Backoff;
import io.norn.psync.Position;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.stream.DecoderState;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Follows the local server's stream: journals it, and feeds it into the node's state. */
public final class LocalLink implements Closeable {
  private final OwnStream own;
  private final NodeMonitor monitor;
  private final SmallFile replidFile;
  private final LinkStatus status;
  private final Runnable onUncovered;
  private final Runnable onStreamLost;
  private final Worker worker;
  private volatile PsyncSession session;

  /**
   * Prepares it.
   *
   * @param first session in whose stream phase the link begins, at the journal's end
   * @param from where the state begins: what the journal holds behind it is read first
   * @param onUncovered called when commands wait for a tick
   * @param onStreamLost called when the server cannot continue the stream
   */
  public LocalLink(
      OwnStream own,
      NodeMonitor monitor,
      SmallFile replidFile,
      LinkStatus status,
      PsyncSession first,
      DecoderState from,
      Runnable onUncovered,
      Runnable onStreamLost) {
    this.own = own;
    this.monitor = monitor;
    this.replidFile = replidFile;
    this.status = status;
    this.session = first;
    this.onUncovered = onUncovered;
    this.onStreamLost = onStreamLost;
    this.worker = new Worker("local-link", () -> run(from));
  }

  public void start() {
    worker.start();
  }

  private void run(DecoderState from) throws InterruptedException {
    Backoff backoff = new Backoff(RandomGenerator.getDefault());
    WholeCommands whole = new WholeCommands(from.offset(), from.db());
    try {
      replay(whole, from.offset());
    } catch (IOException e) {
      status.change(LinkState.BROKEN, e.getMessage());
      onStreamLost.run();
      return;
    }
    while (!Thread.currentThread().isInterrupted()) {
      try {
        status.change(LinkState.STREAMING, "");
        backoff.reset();
        pump(whole);
      } catch (IOException e) {
        status.change(LinkState.BROKEN, String.valueOf(e.getMessage()));
      }
      if (!reconnect(backoff)) {
        onStreamLost.run();
        return;
      }
      whole = new WholeCommands(own.journal().end(), whole.db());
    }
  }

  /** What was journaled and not yet remembered: after a restart, from the checkpoint on. */
  private void replay(WholeCommands whole, long offset) throws IOException {
    try (JournalReader reader = own.journal().reader(own.id().stream(), offset)) {
      for (JournalEntry entry = reader.next(); entry != null; entry = reader.next()) {
        WholeCommands.Run run = whole.take(entry.bytes(), entry.bytes().length);
        if (run != null) {
          feed(run.commands());
        }
      }
    }
  }

  private void pump(WholeCommands whole) throws IOException, InterruptedException {
    try (PsyncSession current = session) {
      new StreamPump(
              current, own.journal(), own.policy(), own.id().stream(), this::feed, status::trouble)
          .run(whole);
    }
  }

  private void feed(List<WholeCommands.Command> commands) {
    monitor.feedOwn(
        state -> {
          for (WholeCommands.Command command : commands) {
            state.own(command.args(), command.endOffset());
          }
        });
    onUncovered.run();
  }

  /** False if the server cannot continue this stream. */
  private boolean reconnect(Backoff backoff) throws InterruptedException {
    while (true) {
      Thread.sleep(backoff.nextMillis());
      try {
        PsyncSession fresh = PsyncSession.open(own.settings());
        SyncReply reply = ask(fresh);
        if (reply instanceof SyncReply.Continue next) {
          replidFile.write(next.replid());
          session = fresh;
          return true;
        }
        fresh.close();
        if (reply instanceof SyncReply.FullResync) {
          return false;
        }
        status.change(LinkState.BROKEN, reply.toString());
      } catch (IOException e) {
        status.change(LinkState.BROKEN, String.valueOf(e.getMessage()));
      }
    }
  }

  private SyncReply ask(PsyncSession fresh) throws IOException {
    Position position =
        new Position(replidFile.read().orElse(own.id().stream()), own.journal().end());
    try {
      return fresh.sync(new SyncRequest(Optional.of(position), SyncRequest.Snapshot.EMPTY));
    } catch (IOException e) {
      fresh.close();
      throw e;
    }
  }

  @Override
  public void close() {
    PsyncSession current = session;
    if (current != null) {
      current.close();
    }
    worker.close();
  }
}
