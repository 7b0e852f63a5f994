package io.norn.agent.link;

import java.io.Closeable;

/** A named thread that runs until it is closed. */
public final class Worker implements Closeable {
  private static final long JOIN_MILLIS = 1500;

  private final Thread thread;

  /** What the thread does; it ends when it is interrupted. */
  @FunctionalInterface
  public interface Body {
    void run() throws InterruptedException;
  }

  public Worker(String name, Body body) {
    thread =
        new Thread(
            () -> {
              try {
                body.run();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            name);
    thread.setDaemon(true);
  }

  public void start() {
    thread.start();
  }

  public boolean isAlive() {
    return thread.isAlive();
  }

  /** Interrupts it and waits for a moment until it has ended. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      if (thread != Thread.currentThread()) {
        thread.join(JOIN_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
