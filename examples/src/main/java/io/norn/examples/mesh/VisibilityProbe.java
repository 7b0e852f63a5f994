package io.norn.examples.mesh;

import io.norn.net.Endpoint;
import io.norn.server.ServerConnection;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Measures how long a write on one server takes until a client of another sees it: from sending the
 * {@code SET} until a {@code GET}, repeated without pause, has returned the new value. One thread
 * does both, so the observer loads the machine only while it waits.
 */
public final class VisibilityProbe implements Closeable {
  private static final byte[] KEY = bytes("norn-probe");
  private static final byte[] SET = bytes("SET");
  private static final byte[] GET = bytes("GET");
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ServerConnection source;
  private final ServerConnection target;
  private long count;

  private VisibilityProbe(ServerConnection source, ServerConnection target) {
    this.source = source;
    this.target = target;
  }

  /** Connects to both servers; they may be the same, which measures the method itself. */
  public static VisibilityProbe between(Endpoint source, Endpoint target) throws IOException {
    ServerConnection first = ServerConnection.open(source);
    try {
      return new VisibilityProbe(first, ServerConnection.open(target));
    } catch (IOException e) {
      first.close();
      throw e;
    }
  }

  /**
   * Writes once and waits until it is seen.
   *
   * @return nanoseconds from sending to seeing
   * @throws IOException if a server fails, or nothing is seen for ten seconds
   */
  public long nanosUntilVisible() throws IOException {
    byte[] value = bytes(Long.toString(++count));
    long start = System.nanoTime();
    source.require(SET, KEY, value);
    while (!(target.require(GET, KEY) instanceof byte[] seen) || !Arrays.equals(seen, value)) {
      if (System.nanoTime() - start > LIMIT_NANOS) {
        throw new IOException(target.endpoint() + ": a write is not visible after ten seconds");
      }
    }
    return System.nanoTime() - start;
  }

  /** Removes the key that it wrote. */
  @Override
  public void close() throws IOException {
    try (target;
        source) {
      source.require(bytes("DEL"), KEY);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
