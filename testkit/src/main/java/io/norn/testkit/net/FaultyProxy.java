package io.norn.testkit.net;

import io.norn.net.Address;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A TCP proxy on loopback whose links misbehave on demand.
 *
 * <p>One thread moves the bytes of all connections; without faults it adds some tens of
 * microseconds to a round trip. Each method has taken effect when it returns, for connections there
 * are and those to come, and may be called from any thread.
 */
public final class FaultyProxy implements Closeable {
  private static final String HOST = "127.0.0.1";
  private static final int LIMIT_SECONDS = 30;

  private final Faults faults = new Faults();
  private final ProxyLoop loop;
  private final Thread thread;
  private final int port;

  private FaultyProxy(InetSocketAddress target) throws IOException {
    this.loop = new ProxyLoop(target, faults);
    this.port = loop.port();
    this.thread = new Thread(loop, "norn-proxy-" + port);
    thread.setDaemon(true);
  }

  /**
   * Starts a proxy; the target is connected to anew for each client, so it may restart or start
   * later.
   */
  public static FaultyProxy to(Address target) throws IOException {
    InetSocketAddress address = new InetSocketAddress(target.host(), target.port());
    if (address.isUnresolved()) {
      throw new UnknownHostException(target + ": unknown host");
    }
    FaultyProxy proxy = new FaultyProxy(address);
    proxy.thread.start();
    return proxy;
  }

  public int port() {
    return port;
  }

  public Address address() {
    return new Address(HOST, port);
  }

  /** How many connections there are now. */
  public int connections() {
    int[] count = new int[1];
    run(() -> count[0] = loop.linkCount());
    return count[0];
  }

  /** Closes all connections, and new ones as soon as they are accepted. */
  public void cut() {
    run(
        () -> {
          faults.cut = true;
          loop.endAll(Link::close);
        });
  }

  /** Ends {@link #cut}. */
  public void restore() {
    run(() -> faults.cut = false);
  }

  /** Breaks all connections with RST; new ones are served. */
  public void reset() {
    run(() -> loop.endAll(Link::reset));
  }

  /** Holds bytes (and the end) of both directions; connections stay, as behind a dead route. */
  public void stall() {
    stallToTarget();
    stallToClient();
  }

  /** Holds what clients send; the other direction stays as it is. */
  public void stallToTarget() {
    run(() -> faults.stalledToTarget = true);
  }

  /** Holds what the target sends; the other direction stays as it is. */
  public void stallToClient() {
    run(() -> faults.stalledToClient = true);
  }

  /** Lets everything pass that was held by any stall, in order. */
  public void unstall() {
    run(
        () -> {
          faults.stalledToTarget = false;
          faults.stalledToClient = false;
        });
  }

  /** Delays each direction by this much, order kept; 0 ends it. */
  public void delayMillis(int millis) {
    run(() -> faults.delayNanos = millis * 1_000_000L);
  }

  /** Passes on at most this many bytes at once; 0 ends it. */
  public void sliceBytes(int bytes) {
    run(() -> faults.sliceBytes = bytes == 0 ? Integer.MAX_VALUE : bytes);
  }

  /** Limits each direction of each connection to this rate; 0 ends it. */
  public void bytesPerSecond(int bytes) {
    run(() -> faults.bytesPerSecond = bytes == 0 ? Integer.MAX_VALUE : bytes);
  }

  /** Closes all connections and the port. */
  @Override
  public void close() {
    loop.request(loop::stop);
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Waits, so that a test knows the fault to be in force. */
  private void run(Runnable change) {
    if (!thread.isAlive()) {
      throw new IllegalStateException("the proxy on port " + port + " is closed");
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    loop.request(
        () -> {
          change.run();
          done.complete(null);
        });
    done.orTimeout(LIMIT_SECONDS, TimeUnit.SECONDS).join();
  }
}
