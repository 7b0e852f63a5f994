package io.norn.agent.control;

import io.norn.agent.journals.ServedStream;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;

/**
 * Sends one client the bytes of a stream from a journal, and then as they come. Belongs to the
 * thread of the connection.
 */
final class Follower implements Closeable {
  private static final long WAIT_MILLIS = 100;
  private static final int LISTEN_MILLIS = 1;
  private static final long LISTEN_INTERVAL_NANOS = 100_000_000L;
  private static final int WORDS_BYTES = 8 << 10;

  private final ServedStream stream;
  private final JournalReader journal;
  private final Runnable onClose;
  private final byte[] words = new byte[WORDS_BYTES];
  private long listenedNanos = System.nanoTime();
  private long sent;

  /**
   * Opens the journal at a position.
   *
   * @param offset end of what the client has
   * @param onClose told once when it is over
   */
  Follower(ServedStream stream, long offset, Runnable onClose) throws IOException {
    this.stream = stream;
    this.journal = stream.from(offset);
    this.sent = offset;
    this.onClose = onClose;
  }

  /**
   * Sends until the client goes, or until there will never be more of the stream here.
   *
   * @param onWord told whenever the client says something: how much it has on its disk, which
   *     nothing here depends on
   */
  void run(Socket client, Runnable onWord) throws IOException {
    client.setSoTimeout(LISTEN_MILLIS);
    try {
      while (listen(client, onWord) && send(client.getOutputStream())) {
        // Both say when it is over.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when the client has gone. Over TLS nobody knows what has come before it is read. */
  private boolean listen(Socket client, Runnable onWord) throws IOException {
    if (System.nanoTime() - listenedNanos < LISTEN_INTERVAL_NANOS) {
      return true;
    }
    listenedNanos = System.nanoTime();
    try {
      if (client.getInputStream().read(words) < 0) {
        return false;
      }
      onWord.run();
    } catch (SocketTimeoutException e) {
      // It says nothing, which is as well.
      return true;
    }
    return true;
  }

  /** False when the stream has ended here. */
  private boolean send(OutputStream out) throws IOException, InterruptedException {
    JournalEntry entry = journal.next();
    if (entry == null) {
      return journal.await(WAIT_MILLIS) || !stream.isOver(sent);
    }
    if (!entry.stream().equals(stream.name())) {
      return false;
    }
    out.write(entry.bytes());
    sent = entry.end();
    return true;
  }

  @Override
  public void close() {
    journal.close();
    onClose.run();
  }
}
