package io.norn.testkit.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ports that nobody listens on.
 *
 * <p>They lie below the range from which Linux takes the ports of outgoing connections (32768 and
 * up), so that a server finds its port free again when it restarts.
 */
public final class FreePort {
  private static final int LOWEST = 10_000;
  private static final int COUNT = 22_000;
  private static final AtomicInteger NEXT =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

  private FreePort() {}

  /**
   * A port that is free on loopback now, and that this JVM was not given before.
   *
   * @throws IOException if all are taken
   */
  public static int next() throws IOException {
    for (int i = 0; i < COUNT; i++) {
      int port = LOWEST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
      if (isFree(port)) {
        return port;
      }
    }
    throw new IOException("no free port from " + LOWEST + " to " + (LOWEST + COUNT - 1));
  }

  /** Whether a server could listen on this port of the loopback interface now. */
  static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
