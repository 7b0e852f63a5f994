package io.norn.testkit;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** The lines a process has printed; filled by one thread, read and waited for by others. */
final class OutputLines {
  private final List<String> lines = new ArrayList<>();
  private boolean ended;

  /** Takes all lines until the end; to be run by a thread of its own. */
  void readAll(BufferedReader reader) {
    try (reader) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        add(line);
      }
    } catch (IOException e) {
      // A killed process may break its pipe: what it printed before is here.
      add("(output broke: " + e.getMessage() + ")");
    } finally {
      end();
    }
  }

  synchronized List<String> all() {
    return List.copyOf(lines);
  }

  /** The first line that matches, once there is one; empty at the end of output or of the time. */
  synchronized Optional<String> await(Predicate<String> wanted, long deadlineNanos)
      throws InterruptedException {
    for (int next = 0; ; next++) {
      while (next == lines.size()) {
        long waitMillis = (deadlineNanos - System.nanoTime()) / 1_000_000;
        if (ended || waitMillis <= 0) {
          return Optional.empty();
        }
        wait(waitMillis);
      }
      if (wanted.test(lines.get(next))) {
        return Optional.of(lines.get(next));
      }
    }
  }

  /** Whether there will be no more lines. */
  synchronized boolean isEnded() {
    return ended;
  }

  private synchronized void add(String line) {
    lines.add(line);
    notifyAll();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }
}
