package io.norn.agent.link;

import io.norn.agent.part.LinkState;
import io.norn.agent.part.LinkStatus;
import io.norn.agent.part.Traffic;
import io.norn.agent.part.Worker;
import io.norn.apply.NodeMonitor;
import io.norn.journal.DamagedJournalException;
import io.norn.journal.JournalFailedException;
import io.norn.journal.PositionGoneException;
import io.norn.psync.Backoff;
import io.norn.psync.Position;
import io.norn.psync.PsyncSession;
import io.norn.psync.SyncReply;
import io.norn.psync.SyncRequest;
import io.norn.resp.MalformedStreamException;
import io.norn.stream.DecoderState;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the local server's stream: journals it, and feeds it into the node's state. */
public final class LocalLink implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(LocalLink.class);

  private final OwnStream own;
  private final LocalFiles files;
  private final LinkStatus status;
  private final Consumer<String> onEnded;
  private final OwnFeed feed;
  private final Traffic traffic = new Traffic();
  private final Worker worker;
  private volatile PsyncSession session;
  private volatile boolean closed;

  /**
   * Prepares it.
   *
   * @param first session in whose stream phase the link begins, at the journal's end
   * @param from where the state begins: what the journal holds behind it is read first
   * @param onUncovered called when commands wait for a tick
   * @param onEnded called when the server cannot continue the stream, with an empty text, or when a
   *     bug has ended the thread, with a line about it
   */
  public LocalLink(
      OwnStream own,
      NodeMonitor monitor,
      LocalFiles files,
      LinkStatus status,
      PsyncSession first,
      DecoderState from,
      Runnable onUncovered,
      Consumer<String> onEnded) {
    this.own = own;
    this.files = files;
    this.status = status;
    this.session = first;
    this.onEnded = onEnded;
    this.feed = new OwnFeed(own, monitor, from, onUncovered, traffic::addCommands, onEnded);
    this.worker = new Worker("local-link", this::run, onEnded);
  }

  public void start() {
    feed.start();
    worker.start();
  }

  private void run() throws InterruptedException {
    try {
      follow();
    } finally {
      session.close();
    }
    onEnded.accept("");
  }

  /** Returns when this history of the server, or what is here of it, can be followed no more. */
  private void follow() throws InterruptedException {
    Backoff backoff = new Backoff(RandomGenerator.getDefault());
    do {
      try {
        feed.catchUp();
        status.change(LinkState.STREAMING, "");
        pump(backoff);
      } catch (DamagedJournalException | PositionGoneException | MalformedStreamException e) {
        forget(e);
        return;
      } catch (JournalFailedException e) {
        status.change(LinkState.BROKEN, e.getMessage());
        return;
      } catch (IOException e) {
        status.change(LinkState.BROKEN, String.valueOf(e.getMessage()));
      }
    } while (reconnect(backoff));
  }

  /** The window can never be built from this journal again: the next start does without. */
  private void forget(IOException cause) {
    LOG.error("{}; the own stream starts anew", cause.getMessage());
    status.change(LinkState.BROKEN, cause.getMessage());
    try {
      files.checkpoint().delete();
    } catch (IOException e) {
      LOG.error("{} cannot be removed: {}", files.checkpoint().path(), e.getMessage());
    }
  }

  private void pump(Backoff backoff) throws IOException, InterruptedException {
    try (PsyncSession current = session) {
      new StreamPump(
              current,
              own.journal(),
              own.policy(),
              own.id().stream(),
              new Sink(backoff),
              status::trouble)
          .run();
    }
  }

  /** False if the server cannot continue this stream. */
  private boolean reconnect(Backoff backoff) throws InterruptedException {
    while (true) {
      Thread.sleep(backoff.nextMillis());
      try {
        SyncReply reply = ask();
        if (reply instanceof SyncReply.Continue) {
          return true;
        } else if (reply instanceof SyncReply.FullResync) {
          return false;
        }
        status.change(LinkState.BROKEN, reply.toString());
      } catch (IOException e) {
        status.change(LinkState.BROKEN, String.valueOf(e.getMessage()));
      }
    }
  }

  /** Leaves the session open only if the stream goes on in it. */
  private SyncReply ask() throws IOException, InterruptedException {
    Position position =
        new Position(
            files.replid().read().orElse(StreamName.replid(own.id().stream())),
            own.journal().end());
    PsyncSession fresh = PsyncSession.open(own.settings());
    session = fresh;
    boolean goesOn = false;
    try {
      if (closed) {
        throw new InterruptedException();
      }
      SyncReply reply = ask(fresh, position);
      if (reply instanceof SyncReply.Continue next) {
        files.replid().write(next.replid());
        goesOn = true;
      } else if (reply instanceof SyncReply.FullResync) {
        LOG.warn("The own stream cannot go on: {}", LostStream.why(fresh.primary(), position));
      }
      return reply;
    } finally {
      if (!goesOn) {
        fresh.close();
      }
    }
  }

  /** Of a server that says beforehand that it cannot go on not even an empty snapshot is taken. */
  private static SyncReply ask(PsyncSession fresh, Position position) throws IOException {
    return fresh.primary().loading() || fresh.primary().canContinue(position)
        ? fresh.sync(new SyncRequest(Optional.of(position), SyncRequest.Snapshot.EMPTY))
        : new SyncReply.FullResync(position);
  }

  /** How much came of the own server. */
  public Traffic traffic() {
    return traffic;
  }

  @Override
  public void close() {
    closed = true;
    session.close();
    worker.close();
    feed.close();
  }

  /** A link is taken for well again only when bytes come. */
  private final class Sink implements StreamPump.Sink {
    private final Backoff backoff;

    Sink(Backoff backoff) {
      this.backoff = backoff;
    }

    @Override
    public int db() {
      return feed.db();
    }

    @Override
    public void take(byte[] buffer, int length) throws IOException {
      backoff.reset();
      traffic.addBytes(length);
      feed.take(buffer, length);
    }
  }
}
