package io.norn.agent;

import io.norn.agent.part.Worker;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Closes many things, none left out because another one fails. */
final class Closing {
  private static final Logger LOG = LoggerFactory.getLogger(Closing.class);

  private Closing() {}

  /** One after the other. */
  static void inOrder(Collection<? extends Closeable> parts) {
    for (Closeable part : parts) {
      try {
        part.close();
      } catch (IOException e) {
        LOG.warn("{}", e.getMessage());
      } catch (RuntimeException e) {
        Worker.crash(e);
      }
    }
  }

  /** All at once, since each may have to wait for something; returns when all are closed. */
  static void together(Collection<? extends Closeable> parts) {
    List<Thread> threads = new ArrayList<>();
    for (Closeable part : parts) {
      Thread thread = new Thread(() -> inOrder(List.of(part)), "stop");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    boolean interrupted = false;
    for (Thread thread : threads) {
      interrupted |= !joined(thread);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean joined(Thread thread) {
    boolean undisturbed = true;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        undisturbed = false;
      }
    }
    return undisturbed;
  }
}
