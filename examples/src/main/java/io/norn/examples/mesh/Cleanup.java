package io.norn.examples.mesh;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Closes things in the reverse order in which they were made, once, at the latest when the JVM
 * ends: Ctrl-C must leave neither processes nor directories behind.
 */
public final class Cleanup implements Closeable {
  private final Deque<Closeable> things = new ArrayDeque<>();
  private final Thread hook = new Thread(this::closeAtExit, "norn-cleanup");
  private boolean closed;

  public Cleanup() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /**
   * Takes over a thing.
   *
   * @return the thing
   * @throws IOException if all was closed meanwhile; the thing is closed, too
   */
  public <T extends Closeable> T add(T thing) throws IOException {
    synchronized (things) {
      if (!closed) {
        things.push(thing);
        return thing;
      }
    }
    thing.close();
    throw new IOException("interrupted");
  }

  /** Closes everything, also what comes after something that fails to close. */
  @Override
  public void close() throws IOException {
    synchronized (things) {
      if (!closed) {
        closed = true;
        closeAll();
      }
    }
  }

  private void closeAll() throws IOException {
    IOException failure = null;
    while (!things.isEmpty()) {
      try {
        things.pop().close();
      } catch (IOException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private void closeAtExit() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("norn: while stopping: " + e.getMessage());
    }
  }
}
