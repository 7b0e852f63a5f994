package io.norn.agent.part;

import java.io.Closeable;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A named thread that runs until it is closed. What it cannot go on after is a bug: it is logged
 * with its stack trace, and the owner is told.
 */
public final class Worker implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
  private static final long JOIN_MILLIS = 1500;

  private final Thread thread;

  /** What the thread does; it ends when it is interrupted. */
  @FunctionalInterface
  public interface Body {
    void run() throws InterruptedException;
  }

  /** For a body whose end by a bug harms nobody else. */
  public Worker(String name, Body body) {
    this(name, body, line -> {});
  }

  /**
   * Prepares it.
   *
   * @param onCrash told in one line, by the thread itself, that a bug has ended it
   */
  public Worker(String name, Body body, Consumer<String> onCrash) {
    thread = new Thread(() -> run(body, onCrash), name);
    thread.setDaemon(true);
  }

  private static void run(Body body, Consumer<String> onCrash) {
    try {
      body.run();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      onCrash.accept(crash(e));
    }
  }

  /** Logs a bug that has ended what the current thread did; as one line for {@code status}. */
  public static String crash(Throwable bug) {
    String line = "thread " + Thread.currentThread().getName() + " failed: " + bug;
    LOG.error("{}; this is a bug, please report it", line, bug);
    return line;
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
    close(JOIN_MILLIS);
  }

  /** As {@link #close()}, waiting at most for so long. */
  public void close(long joinMillis) {
    thread.interrupt();
    try {
      if (thread != Thread.currentThread()) {
        thread.join(joinMillis);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
