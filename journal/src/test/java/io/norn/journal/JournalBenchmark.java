package io.norn.journal;

import static io.norn.journal.Journals.STREAM;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Measures speed, wake-up latency and memory; run by hand with the directory of a fast file system.
 * Not a test, because its figures depend on the machine.
 */
public final class JournalBenchmark {
  private static final long TOTAL_BYTES = 1L << 30;

  private JournalBenchmark() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    for (int chunk : new int[] {16 << 10, 64 << 10, 200, 64 << 10}) {
      throughput(root.resolve("speed-" + chunk + "-" + System.nanoTime()), chunk);
    }
    latency(root.resolve("latency-" + System.nanoTime()));
    tailing(root.resolve("tail-" + System.nanoTime()));
    idle(root.resolve("idle-" + System.nanoTime()));
  }

  private static Journal open(Path directory, SyncPolicy sync) throws IOException {
    return Journal.open(
        new JournalSettings(directory, sync, 2L << 30, Duration.ofDays(1), 64 << 20),
        InstantSource.system());
  }

  private static void throughput(Path directory, int chunk) throws IOException {
    byte[] bytes = new byte[chunk];
    Arrays.fill(bytes, (byte) 'x');
    long total = chunk < 1024 ? TOTAL_BYTES / 4 : TOTAL_BYTES;
    try (Journal journal = open(directory, SyncPolicy.NO)) {
      journal.append(STREAM, 0, 0, bytes, 0, chunk);
      long began = System.nanoTime();
      while (journal.end() < total) {
        journal.append(STREAM, journal.end(), 0, bytes, 0, chunk);
      }
      report("append " + chunk, total, began);
      began = System.nanoTime();
      readAll(journal);
      report("read " + chunk, total, began);
      began = System.nanoTime();
      int seeks = 50;
      for (int i = 0; i < seeks; i++) {
        try (JournalReader reader = journal.reader(STREAM, total / seeks * i + 7)) {
          reader.next();
        }
      }
      System.out.printf("seek %d: %d us%n", chunk, (System.nanoTime() - began) / 1000 / seeks);
      System.out.println("rss " + rss());
    }
    long began = System.nanoTime();
    open(directory, SyncPolicy.NO).close();
    System.out.printf("reopen sealed: %d ms%n", (System.nanoTime() - began) / 1_000_000);
    for (Path seal : seals(directory)) {
      Files.delete(seal);
    }
    began = System.nanoTime();
    open(directory, SyncPolicy.NO).close();
    report("reopen, verifying all", total, began);
  }

  private static List<Path> seals(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(f -> f.endsWith(Seal.FILE)).toList();
    }
  }

  private static void readAll(Journal journal) throws IOException {
    try (JournalReader reader = journal.reader(STREAM, 0)) {
      while (reader.next() != null) {
        Thread.onSpinWait();
      }
    }
  }

  private static void latency(Path directory) throws Exception {
    int count = 20_000;
    long[] nanos = new long[count];
    try (Journal journal = open(directory, SyncPolicy.EVERYSEC)) {
      byte[] one = new byte[100];
      journal.append(STREAM, 0, 0, one, 0, one.length);
      long[] sent = new long[count];
      Thread reader = readerOf(journal, count, nanos, sent);
      for (int i = 0; i < count; i++) {
        Thread.sleep(0, 200_000);
        sent[i] = System.nanoTime();
        journal.append(STREAM, journal.end(), 0, one, 0, one.length);
      }
      reader.join();
    }
    Arrays.sort(nanos);
    System.out.printf(
        "append to visible: p50 %d us, p99 %d us, max %d us%n",
        nanos[count / 2] / 1000, nanos[count * 99 / 100] / 1000, nanos[count - 1] / 1000);
  }

  private static Thread readerOf(Journal journal, int count, long[] nanos, long[] sent)
      throws IOException {
    JournalReader reader = journal.reader(STREAM, 100);
    Thread thread =
        new Thread(
            () -> {
              try (reader) {
                for (int i = 0; i < count; ) {
                  reader.await(1000);
                  while (reader.next() != null) {
                    nanos[i] = System.nanoTime() - sent[i];
                    i++;
                  }
                }
              } catch (IOException | InterruptedException e) {
                throw new IllegalStateException(e);
              }
            });
    thread.start();
    return thread;
  }

  /** Four journals with a tailing reader each, as an agent with three peers has. */
  private static void tailing(Path directory) throws Exception {
    Thread[] threads = new Thread[4];
    AtomicReference<String> peak = new AtomicReference<>("");
    long began = System.nanoTime();
    for (int i = 0; i < threads.length; i++) {
      Path each = directory.resolve("j" + i);
      threads[i] = new Thread(() -> appendAndTail(each, peak));
      threads[i].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    report("4 journals append and tail", 4 * TOTAL_BYTES, began);
    System.out.println("rss while tailing " + peak.get() + ", after " + rss());
  }

  private static void appendAndTail(Path directory, AtomicReference<String> peak) {
    byte[] bytes = new byte[32 << 10];
    try (Journal journal = open(directory, SyncPolicy.EVERYSEC)) {
      journal.append(STREAM, 0, 0, bytes, 0, 1);
      try (JournalReader reader = journal.reader(STREAM, 0)) {
        while (journal.end() < TOTAL_BYTES) {
          journal.append(STREAM, journal.end(), 0, bytes, 0, bytes.length);
          reader.next();
        }
        peak.set(rss());
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void idle(Path directory) throws Exception {
    try (Journal journal = open(directory, SyncPolicy.EVERYSEC)) {
      journal.append(STREAM, 0, 0, new byte[1], 0, 1);
      JournalReader reader = journal.reader(STREAM, 1);
      long before = cpuNanos();
      for (int i = 0; i < 50; i++) {
        reader.await(100);
      }
      System.out.printf("idle: %.2f %% CPU%n", (cpuNanos() - before) / 5e9 * 100);
    }
  }

  private static long cpuNanos() {
    return ProcessHandle.current().info().totalCpuDuration().orElseThrow().toNanos();
  }

  private static String rss() throws IOException {
    StringBuilder found = new StringBuilder();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS") || line.startsWith("RssFile") || line.startsWith("VmHWM")) {
        found.append(line.replaceAll("\\s+", " ")).append("; ");
      }
    }
    return found.toString();
  }

  private static void report(String what, long bytes, long beganNanos) {
    double seconds = (System.nanoTime() - beganNanos) / 1e9;
    System.out.printf("%s: %.0f MB/s%n", what, bytes / 1e6 / seconds);
  }
}
