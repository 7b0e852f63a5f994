package io.norn.agent.link;

import io.norn.agent.part.Worker;
import io.norn.net.Endpoint;
import io.norn.psync.Position;
import io.norn.psync.PrimaryInfo;
import io.norn.server.ServerConnection;
import java.io.Closeable;
import java.io.IOException;

/**
 * Asks a primary now and then whether it could go on with its stream itself by now. In a thread of
 * its own: while the primary does not answer, its stream comes from somebody else all the same.
 */
final class HandBack implements StreamPump.Until, Closeable {
  private static final long INTERVAL_MILLIS = 100;
  private static final long RETRY_MILLIS = 500;
  private static final int TIMEOUT_MILLIS = 2000;
  private static final long CLOSE_MILLIS = 20;

  private final Endpoint primary;
  private final Held position;
  private final Worker worker;
  private volatile ServerConnection server;
  private volatile boolean isDue;

  /** Says what is held now. */
  interface Held {
    Position position() throws IOException;
  }

  /**
   * Begins to ask.
   *
   * @param position what is held now
   */
  HandBack(Endpoint primary, Held position) {
    this.primary = primary;
    this.position = position;
    this.worker = new Worker("hand-back-" + primary, this::run);
    worker.start();
  }

  /** True if it could, or if it is under another id now than was known. */
  @Override
  public boolean isReached() {
    return isDue;
  }

  private void run() throws InterruptedException {
    try {
      while (!isDue) {
        Thread.sleep(tryToAsk() ? INTERVAL_MILLIS : RETRY_MILLIS);
      }
    } finally {
      disconnect();
    }
  }

  /** False while it cannot be reached. */
  private boolean tryToAsk() {
    try {
      isDue = ask();
      return true;
    } catch (IOException e) {
      disconnect();
      return false;
    }
  }

  private boolean ask() throws IOException {
    if (server == null) {
      server = ServerConnection.open(primary, TIMEOUT_MILLIS);
    }
    PrimaryInfo info = PrimaryInfo.parse(server.requireText("INFO", "replication"));
    Position now = position.position();
    return info.canContinue(now) || !info.replid().equals(now.replid());
  }

  private void disconnect() {
    ServerConnection current = server;
    if (current != null) {
      current.close();
      server = null;
    }
  }

  /** A thread that waits for an unreachable primary is left behind, and ends by itself. */
  @Override
  public void close() {
    disconnect();
    worker.close(CLOSE_MILLIS);
  }
}
