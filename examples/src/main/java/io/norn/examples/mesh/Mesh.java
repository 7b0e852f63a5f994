package io.norn.examples.mesh;

import io.norn.server.ServerConnection;
import java.io.Closeable;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;

/** Two nodes that follow each other. */
public final class Mesh implements Closeable {
  private static final String HELLO = "norn-hello";
  private static final int LINK_SECONDS = 30;

  private final Cleanup cleanup = new Cleanup();
  private final Node a;
  private final Node b;

  private Mesh(Programs programs, Wiring wiring) throws IOException {
    this.a = cleanup.add(Node.start("a", programs, wiring));
    this.b = cleanup.add(Node.start("b", programs, wiring));
  }

  /** Starts two empty servers and their agents, and waits until each sees the other's writes. */
  public static Mesh start(Programs programs, Wiring wiring) throws IOException {
    Mesh mesh = new Mesh(programs, wiring);
    try {
      mesh.a.follow(mesh.b);
      mesh.b.follow(mesh.a);
      awaitLink(mesh.a, mesh.b);
      awaitLink(mesh.b, mesh.a);
      return mesh;
    } catch (IOException e) {
      mesh.close();
      throw e;
    }
  }

  public Node a() {
    return a;
  }

  public Node b() {
    return b;
  }

  /** Cuts both directions. */
  public void cut() {
    a.cut();
    b.cut();
  }

  /** Ends {@link #cut}. */
  public void heal() {
    a.heal();
    b.heal();
  }

  @Override
  public void close() throws IOException {
    cleanup.close();
  }

  /** A write that arrives, and whose delete arrives, says more than any status. */
  private static void awaitLink(Node from, Node to) throws IOException {
    try (ServerConnection source = from.connect();
        ServerConnection target = to.connect()) {
      source.require("SET", HELLO, "hello");
      await(target, 1);
      source.require("DEL", HELLO);
      await(target, 0);
    }
  }

  private static void await(ServerConnection target, long wanted) throws IOException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LINK_SECONDS);
    while (!target.require("EXISTS", HELLO).equals(wanted)) {
      if (System.nanoTime() > deadline) {
        throw new IOException(
            target.endpoint()
                + ": a write of the other side does not arrive within "
                + LINK_SECONDS
                + " s");
      }
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted while waiting for a link");
      }
    }
  }
}
