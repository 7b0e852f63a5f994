package io.norn.agent.link;

import io.norn.agent.part.Heartbeat;
import io.norn.agent.part.Traffic;
import io.norn.agent.part.Worker;
import io.norn.apply.NodeMonitor;
import io.norn.clock.StreamId;
import io.norn.journal.Journal;
import io.norn.journal.JournalClosedException;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import io.norn.resp.CommandFramer;
import io.norn.resp.RespLimits;
import io.norn.stream.DecoderState;
import io.norn.stream.StreamDecoder;
import io.norn.stream.StreamItem;
import io.norn.stream.Tick;
import io.norn.stream.UnclassifiedDelete;
import io.norn.stream.VersionVector;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads a peer's stream from its inbound journal, decodes it, and hands the items to the node's
 * state.
 */
final class PeerFeed implements Closeable {
  private static final long MAX_WAITING_BYTES = 8 << 20;
  private static final long WAIT_MILLIS = 50;

  /** While no command waits for a tick there is nothing to watch; an append ends the wait. */
  private static final long IDLE_WAIT_MILLIS = 1000;

  private final StreamId stream;
  private final Journal journal;
  private final NodeMonitor monitor;
  private final Listener listener;
  private final Traffic traffic;
  private final Worker worker;
  private final DecoderState start;
  private volatile DecoderState released;
  private volatile Thread reading;

  /** Is told by the feeding thread what it sees. */
  interface Listener {
    /** Whatever it is. */
    void command(byte[][] args);

    void heartbeat(Heartbeat heartbeat);

    /** Commands of clients wait for a tick; called every so often while they do. */
    void uncovered(long upto, long coveredUpto, long sinceMillis);

    /** A delete of which a tick has to tell whose it is. */
    void deleted(UnclassifiedDelete delete);

    /** The stream was read up to an offset, and is stamped up to another. */
    void read(long upto, long coveredUpto);

    /** The journal cannot be read any more. */
    void failed(IOException cause);

    /** A bug has ended the feed. */
    void crashed(String line);

    void message(StreamItem.Message message);
  }

  PeerFeed(
      StreamId stream,
      DecoderState start,
      Journal journal,
      NodeMonitor monitor,
      Listener listener,
      Traffic traffic) {
    this.stream = stream;
    this.start = start;
    this.released = start;
    this.journal = journal;
    this.monitor = monitor;
    this.listener = listener;
    this.traffic = traffic;
    this.worker = new Worker("feed-" + stream.node(), this::run, listener::crashed);
  }

  void start() {
    worker.start();
  }

  /** True for the thread that reads. */
  boolean isCalling() {
    return Thread.currentThread() == reading;
  }

  private void run() throws InterruptedException {
    reading = Thread.currentThread();
    try (JournalReader reader = journal.reader(stream.stream(), start.offset());
        Pass pass = new Pass(reader)) {
      pass.run();
    } catch (JournalClosedException e) {
      // The agent stops, or the peer was removed: nothing is lost.
      return;
    } catch (IOException e) {
      listener.failed(e);
    }
  }

  /** State up to which items have been handed over. */
  DecoderState released() {
    return released;
  }

  @Override
  public void close() {
    worker.close();
  }

  /** One pass through the journal. */
  private final class Pass implements Closeable {
    private final JournalReader reader;
    private final CommandFramer framer = new CommandFramer(start.offset(), RespLimits.DEFAULT);
    private final StreamDecoder decoder;
    private final ArrayDeque<StreamItem> items = new ArrayDeque<>();
    private final Consumer<StreamItem> collect = items::add;
    private Lookahead ahead;
    private long lastReleased = -1;
    private long lastUncovered;
    private long movedAtMillis;

    Pass(JournalReader reader) {
      this.reader = reader;
      this.decoder = new StreamDecoder(stream, start, VersionVector.EMPTY, collect);
      decoder.onDelete(listener::deleted);
    }

    void run() throws IOException, InterruptedException {
      while (!Thread.currentThread().isInterrupted()) {
        boolean full = decoder.heldBytes() > Lookahead.MAX_HELD_BYTES;
        if (full ? !lookAhead() : !read()) {
          await(full);
        }
        watchUncovered();
      }
    }

    private void await(boolean full) throws InterruptedException {
      if (full) {
        ahead.await(WAIT_MILLIS);
      } else {
        reader.await(lastUncovered == 0 ? IDLE_WAIT_MILLIS : WAIT_MILLIS);
      }
    }

    /** False if there is nothing to read. */
    private boolean read() throws IOException, InterruptedException {
      JournalEntry entry = reader.next();
      if (entry == null) {
        return false;
      }
      decode(entry);
      if (ahead != null && ahead.position() <= framer.endOffset()) {
        close();
      }
      handOver();
      return true;
    }

    /** False if there is nothing to look at. */
    private boolean lookAhead() throws IOException, InterruptedException {
      if (ahead == null) {
        ahead = new Lookahead(journal, stream, framer.endOffset(), decoder);
      }
      List<Tick> ticks = ahead.next();
      if (ticks == null) {
        return false;
      }
      ticks.forEach(decoder::foresee);
      handOver();
      return true;
    }

    @Override
    public void close() {
      if (ahead != null) {
        ahead.close();
        ahead = null;
      }
    }

    private void decode(JournalEntry entry) throws IOException {
      framer.feed(entry.bytes(), 0, entry.bytes().length);
      while (framer.next()) {
        traffic.addCommands(1);
        listener.command(framer.command());
        Heartbeat heartbeat = Heartbeat.of(framer.command());
        if (heartbeat != null) {
          listener.heartbeat(heartbeat);
        }
        decoder.accept(framer.command(), framer.endOffset());
      }
      listener.read(decoder.readUpto(), decoder.coveredUpto());
    }

    private void handOver() throws InterruptedException {
      for (StreamItem item = items.poll(); item != null; item = items.poll()) {
        if (item instanceof StreamItem.Message message) {
          listener.message(message);
        }
        monitor.inbound(stream, item, MAX_WAITING_BYTES);
      }
      released = decoder.released();
    }

    /**
     * The time counts from the last tick that moved anything, so under steady load nobody is taken
     * for dead.
     */
    private void watchUncovered() {
      long upto = decoder.uncoveredUpto();
      long nowMillis = System.currentTimeMillis();
      long releasedUpto = decoder.released().offset();
      if (upto == 0 || lastUncovered == 0 || releasedUpto != lastReleased) {
        movedAtMillis = nowMillis;
        lastReleased = releasedUpto;
      } else {
        listener.uncovered(upto, decoder.coveredUpto(), nowMillis - movedAtMillis);
      }
      lastUncovered = upto;
    }
  }
}
