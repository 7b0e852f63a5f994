package io.norn.agent.link;

import io.norn.journal.DiskFullException;
import io.norn.journal.Journal;
import io.norn.journal.SyncPolicy;
import io.norn.psync.PsyncSession;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves a link's bytes into its journal, acknowledges them, and hands their commands on. */
final class StreamPump {
  private static final Logger LOG = LoggerFactory.getLogger(StreamPump.class);
  private static final int BUFFER_BYTES = 64 << 10;
  private static final long DISK_FULL_PAUSE_MILLIS = 1000;

  private final Journal journal;
  private final String stream;
  private final Acker acker;
  private final PsyncSession session;
  private final Consumer<List<WholeCommands.Command>> commands;
  private final Consumer<String> trouble;

  /**
   * Prepares it.
   *
   * @param stream name of the stream in the journal
   * @param commands gets complete commands after they are journaled
   * @param trouble told in one line what keeps bytes from being journaled, and with an empty text
   *     when that is over
   */
  StreamPump(
      PsyncSession session,
      Journal journal,
      SyncPolicy policy,
      String stream,
      Consumer<List<WholeCommands.Command>> commands,
      Consumer<String> trouble) {
    this.session = session;
    this.journal = journal;
    this.stream = stream;
    this.acker = new Acker(session, journal, policy);
    this.commands = commands;
    this.trouble = trouble;
  }

  /**
   * Runs until the link breaks.
   *
   * @param whole cuts the bytes, positioned at the journal's end
   */
  void run(WholeCommands whole) throws IOException, InterruptedException {
    byte[] buffer = new byte[BUFFER_BYTES];
    acker.now();
    while (!Thread.currentThread().isInterrupted()) {
      int length = read(buffer);
      WholeCommands.Run run = whole.take(buffer, length);
      if (run != null) {
        append(run);
        commands.accept(run.commands());
      }
      if (whole.takeAskedForAck()) {
        acker.now();
      } else {
        acker.nowAndThen();
      }
    }
    throw new InterruptedException();
  }

  private int read(byte[] buffer) throws IOException {
    int length = session.read(buffer);
    if (length < 0) {
      throw new SocketTimeoutException("the server closed the link");
    }
    return length;
  }

  /**
   * While the disk is full nothing more is read: the primary's backlog holds it, and nothing here
   * is lost.
   */
  private void append(WholeCommands.Run run) throws IOException, InterruptedException {
    boolean waited = false;
    while (true) {
      try {
        journal.append(stream, run.offset(), run.db(), run.bytes(), 0, run.length());
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
