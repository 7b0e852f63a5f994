package io.norn.agent.link;

import io.norn.agent.part.Worker;
import io.norn.apply.NodeMonitor;
import io.norn.journal.JournalClosedException;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import io.norn.stream.DecoderState;
import io.norn.stream.StreamDecoder;
import io.norn.stream.Tick;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

/**
 * Feeds the own stream into the node's state: as it comes, or, while more of it waits for a tick
 * than is good for the memory, from the journal behind the link. May be used by any thread.
 */
final class OwnFeed implements Closeable {
  private static final long RETRY_MILLIS = 20;
  private static final long IDLE_MILLIS = 10_000;

  private final OwnStream own;
  private final NodeMonitor monitor;
  private final Runnable onUncovered;
  private final CommandReader reader;
  private final IntConsumer onCommands;
  private final Worker worker;
  private final Semaphore news = new Semaphore(0);
  private JournalReader journaled;
  private Lookahead ahead;
  private IOException failure;

  /**
   * Prepares it.
   *
   * @param from where the state begins
   * @param onUncovered called when commands may wait for a tick
   * @param onCommands told how many commands were read
   * @param onCrash told in one line that a bug has ended the thread
   */
  OwnFeed(
      OwnStream own,
      NodeMonitor monitor,
      DecoderState from,
      Runnable onUncovered,
      IntConsumer onCommands,
      Consumer<String> onCrash) {
    this.own = own;
    this.monitor = monitor;
    this.onUncovered = onUncovered;
    this.onCommands = onCommands;
    this.reader = new CommandReader(from.offset(), from.db());
    this.worker = new Worker("own-feed", this::run, onCrash);
  }

  void start() {
    worker.start();
  }

  /** Takes what the journal holds and was not taken yet, as far as there is room for it. */
  void catchUp() throws IOException {
    boolean goesOn = true;
    while (goesOn) {
      goesOn = step();
    }
  }

  /**
   * Takes the last bytes that were journaled, now or when there is room for them.
   *
   * @throws IOException if what was journaled before could not be taken
   */
  synchronized void take(byte[] buffer, int length) throws IOException {
    if (failure != null) {
      IOException cause = failure;
      failure = null;
      throw cause;
    }
    if (reader.position() == own.journal().end() - length && hasRoom()) {
      closeReaders();
      feed(reader.take(buffer, length));
    } else {
      news.release();
    }
  }

  /** Database selected behind the last complete command; 0 if that is not known now. */
  synchronized int db() {
    return reader.position() == own.journal().end() ? reader.db() : 0;
  }

  private void run() throws InterruptedException {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        if (!step()) {
          pause();
        }
      } catch (JournalClosedException e) {
        // The agent stops: nothing is lost.
        return;
      } catch (IOException e) {
        fail(e);
      }
    }
  }

  private void pause() throws InterruptedException {
    news.tryAcquire(isBehind() ? RETRY_MILLIS : IDLE_MILLIS, TimeUnit.MILLISECONDS);
    news.drainPermits();
  }

  private synchronized boolean isBehind() {
    return failure == null && reader.position() != own.journal().end();
  }

  /** Nothing is tried again before the link has taken notice. */
  private synchronized void fail(IOException cause) {
    closeReaders();
    failure = cause;
  }

  /** One piece of the journal; false if there is none, or no room for it. */
  private synchronized boolean step() throws IOException {
    if (!isBehind()) {
      closeReaders();
      return false;
    }
    if (heldBytes() > Lookahead.MAX_HELD_BYTES) {
      return lookAhead();
    }
    return hasRoom() && read();
  }

  private boolean read() throws IOException {
    if (journaled == null) {
      journaled = own.journal().reader(own.id().stream(), reader.position());
    }
    JournalEntry entry = journaled.next();
    if (entry == null) {
      return false;
    }
    feed(reader.take(entry.bytes(), entry.bytes().length));
    if (ahead != null && ahead.position() <= reader.boundary()) {
      ahead.close();
      ahead = null;
    }
    return true;
  }

  private boolean lookAhead() throws IOException {
    if (ahead == null) {
      StreamDecoder decoder = monitor.with(state -> state.decoder());
      ahead = new Lookahead(own.journal(), own.id(), reader.boundary(), decoder);
    }
    List<Tick> ticks = ahead.next();
    if (ticks == null) {
      return false;
    }
    if (!ticks.isEmpty()) {
      monitor.feedOwn(state -> ticks.forEach(state::foresee));
      onUncovered.run();
    }
    return true;
  }

  private void feed(List<CommandReader.Command> commands) {
    if (!commands.isEmpty()) {
      onCommands.accept(commands.size());
      monitor.feedOwn(
          state -> {
            for (CommandReader.Command command : commands) {
              state.own(command.args(), command.endOffset());
            }
          });
      onUncovered.run();
    }
  }

  private boolean hasRoom() {
    return monitor.with(state -> state.backlog().bytes() <= Lookahead.MAX_HELD_BYTES);
  }

  private long heldBytes() {
    return monitor.with(state -> state.decoder().heldBytes());
  }

  private void closeReaders() {
    if (journaled != null) {
      journaled.close();
      journaled = null;
    }
    if (ahead != null) {
      ahead.close();
      ahead = null;
    }
  }

  @Override
  public void close() {
    worker.close();
    synchronized (this) {
      closeReaders();
    }
  }
}
