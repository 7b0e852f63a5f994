package io.norn.agent.link;

import io.norn.net.Endpoint;
import io.norn.psync.Position;
import io.norn.psync.PrimaryInfo;
import io.norn.server.ServerConnection;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.BooleanSupplier;

/** Asks a primary now and then whether it could go on with its stream itself by now. */
final class HandBack implements BooleanSupplier, Closeable {
  private static final long INTERVAL_NANOS = 100_000_000L;
  private static final int TIMEOUT_MILLIS = 2000;

  private final Endpoint primary;
  private final Held position;
  private ServerConnection server;
  private long askedNanos = System.nanoTime() - INTERVAL_NANOS;

  /** Says what is held now. */
  interface Held {
    Position position() throws IOException;
  }

  /**
   * Prepares it.
   *
   * @param position what is held now
   */
  HandBack(Endpoint primary, Held position) {
    this.primary = primary;
    this.position = position;
  }

  /** True if it could, or if it is under another id now than was known. */
  @Override
  public boolean getAsBoolean() {
    if (System.nanoTime() - askedNanos < INTERVAL_NANOS) {
      return false;
    }
    try {
      return isDue();
    } catch (IOException e) {
      // While it cannot be reached it goes on without it.
      close();
      return false;
    } finally {
      askedNanos = System.nanoTime();
    }
  }

  private boolean isDue() throws IOException {
    if (server == null) {
      server = ServerConnection.open(primary, TIMEOUT_MILLIS);
    }
    PrimaryInfo info = PrimaryInfo.parse(server.requireText("INFO", "replication"));
    Position now = position.position();
    return info.canContinue(now) || !info.replid().equals(now.replid());
  }

  @Override
  public void close() {
    if (server != null) {
      server.close();
      server = null;
    }
  }
}
