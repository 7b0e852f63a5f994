package io.norn.agent.control;

import io.norn.agent.journals.ServedStream;
import io.norn.journal.JournalEntry;
import io.norn.journal.JournalReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Sends one client the bytes of a stream from a journal, and then as they come. Belongs to the
 * thread of the connection.
 */
final class Follower implements Closeable {
  private static final long WAIT_MILLIS = 100;

  private final ServedStream stream;
  private final JournalReader journal;
  private final Runnable onClose;
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
   * @param onWord told whenever the client says something, such as how much it has on its disk
   */
  void run(RequestReader client, OutputStream out, Runnable onWord) throws IOException {
    try {
      while (listen(client, onWord) && send(out)) {
        // Both say when it is over.
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** False when the client has gone. */
  private static boolean listen(RequestReader client, Runnable onWord) throws IOException {
    try {
      while (client.hasMore()) {
        Optional<Request> word = client.read(RequestLimits.KNOWN_CLIENT);
        if (word.isEmpty()) {
          return false;
        }
        onWord.run();
      }
      return true;
    } catch (ProtocolException e) {
      // An error reply would be taken for bytes of the stream.
      return false;
    }
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
