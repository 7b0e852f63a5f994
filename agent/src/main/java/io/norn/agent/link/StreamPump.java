package io.norn.agent.link;

import io.norn.agent.part.Traffic;
import io.norn.journal.DiskFullException;
import io.norn.journal.Journal;
import io.norn.journal.SyncPolicy;
import io.norn.psync.PsyncSession;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Moves a link's bytes into its journal as they come, acknowledges them, and hands them on. So a
 * journal may end inside a command, as it may anyway after a crash.
 */
final class StreamPump {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPump.class);
  private static final int BUFFER_BYTES = 64 << 10;
  private static final long DISK_FULL_PAUSE_MILLIS = 1000;

  /** As replicas do: what was synced since, or came after the last acknowledgement, is told. */
  private static final int SILENCE_MILLIS = 1000;

  private final Journal journal;
  private final String stream;
  private final Acker acker;
  private final AckRequests requests = new AckRequests();
  private final PsyncSession session;
  private final Sink sink;
  private final Consumer<String> trouble;

  /** When to stop. */
  @FunctionalInterface
  interface Until {
    /** Asked at least each second. */
    boolean isReached() throws IOException;
  }

  /** What happens to bytes once they are journaled. */
  interface Sink {
    /** Database selected behind the last complete command so far; 0 if nobody follows it. */
    int db();

    /** Takes bytes that are journaled; the buffer is used again afterwards. */
    void take(byte[] buffer, int length) throws IOException;

    /** For who reads the bytes from the journal, and only wants to hear that some came. */
    static Sink onFlow(Runnable flow, Traffic traffic) {
      return new Sink() {
        @Override
        public int db() {
          return 0;
        }

        @Override
        public void take(byte[] buffer, int length) {
          traffic.addBytes(length);
          flow.run();
        }
      };
    }
  }

  /**
   * Prepares it.
   *
   * @param session positioned at the journal's end
   * @param stream name of the stream in the journal
   * @param trouble told in one line what keeps bytes from being journaled, and with an empty text
   *     when that is over
   */
  StreamPump(
      PsyncSession session,
      Journal journal,
      SyncPolicy policy,
      String stream,
      Sink sink,
      Consumer<String> trouble) {
    this.session = session;
    this.journal = journal;
    this.stream = stream;
    this.acker = new Acker(session, journal, policy);
    this.sink = sink;
    this.trouble = trouble;
  }

  /** Runs until the link breaks. */
  void run() throws IOException, InterruptedException {
    run(() -> false);
    throw new InterruptedException();
  }

  /** Runs until the link breaks, the thread is interrupted, or enough has been read. */
  void run(Until end) throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    acker.now();
    while (!Thread.currentThread().isInterrupted() && !end.isReached()) {
      int length = read(buffer);
      if (length > 0) {
        append(buffer, length);
        sink.take(buffer, length);
      }
      acknowledge(buffer, length);
    }
  }

  private void acknowledge(byte[] buffer, int length) throws IOException {
    if (length == 0 || requests.isIn(buffer, length)) {
      acker.now();
    } else {
      acker.nowAndThen();
    }
  }

  /** Gives 0 if nothing came for a while. */
  private int read(byte[] buffer) throws IOException {
    int length = session.poll(buffer, SILENCE_MILLIS);
    if (length < 0) {
      throw new SocketTimeoutException("the server closed the link");
    }
    return length;
  }

  /**
   * While the disk is full nothing more is read: the primary's backlog holds it, and nothing here
   * is lost.
   */
  private void append(byte[] buffer, int length) throws IOException, InterruptedException {
    long begin = journal.end();
    boolean waited = false;
    while (true) {
      int done = (int) (journal.end() - begin);
      try {
        journal.append(stream, begin + done, sink.db(), buffer, done, length - done);
        if (waited) {
          trouble.accept("");
        }
        return;
      } catch (DiskFullException e) {
        if (!waited) {
          LOG.error("Journaling pauses: {}", e.getMessage());
        }
        trouble.accept(e.getMessage());
        waited = true;
        Thread.sleep(DISK_FULL_PAUSE_MILLIS);
      }
    }
  }
}
