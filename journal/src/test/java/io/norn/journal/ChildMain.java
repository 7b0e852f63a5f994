package io.norn.journal;

import static io.norn.journal.Journals.STREAM;
import static io.norn.journal.Journals.append;

import io.norn.journal.chronicle.UnfinishedRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;

/** What the tests let another process do to a journal. */
public final class ChildMain {
  private ChildMain() {}

  public static void main(String[] args) throws Exception {
    Path directory = Path.of(args[1]);
    try {
      switch (args[0]) {
        case "append" -> appendForEver(directory);
        case "unfinished" -> leaveUnfinishedRecord(directory);
        case "fill" -> fill(directory, Long.parseLong(args[2]), Path.of(args[3]));
        default -> hold(directory);
      }
    } catch (IOException e) {
      System.out.println("refused: " + e.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private static void hold(Path directory) throws Exception {
    try (Journal journal = Journals.open(directory)) {
      System.out.println("opened " + journal.end());
      Thread.sleep(60_000);
    }
  }

  private static void appendForEver(Path directory) throws IOException {
    try (Journal journal = Journals.open(directory, 1 << 20)) {
      append(journal, STREAM, Math.max(0, journal.end()), journal.end() < 0 ? 0 : 1);
      while (true) {
        append(journal, STREAM, journal.end(), 1 + (int) (journal.end() % 5000));
        System.out.println("end " + journal.end());
      }
    }
  }

  /** Dies holding Chronicle's write lock, half a record written. */
  private static void leaveUnfinishedRecord(Path directory) throws Exception {
    try (Journal journal = Journals.open(directory)) {
      append(journal, STREAM, 0, 100);
      UnfinishedRecord.begin(TestFiles.generations(directory).get(0));
      System.out.println("begun");
      Thread.sleep(60_000);
    }
  }

  /** Fills a small file system, frees it when refused, and goes on. */
  private static void fill(Path directory, long reserve, Path ballast) throws Exception {
    Files.write(ballast, new byte[2 << 20]);
    JournalSettings settings =
        new JournalSettings(directory, SyncPolicy.ALWAYS, 1L << 30, Duration.ofDays(1), reserve);
    try (Journal journal = Journal.open(settings, InstantSource.system())) {
      append(journal, STREAM, 0, 0);
      String refusal = appendUntilRefused(journal);
      long full = journal.end();
      Files.delete(ballast);
      Thread.sleep(150);
      appendUntilRefused(journal);
      journal.sync();
      byte[] all = Journals.readAll(journal, STREAM, 0);
      boolean right = Arrays.equals(all, Journals.bytes(0, (int) journal.end()));
      System.out.printf("full %d then %d right %s: %s%n", full, all.length, right, refusal);
    }
  }

  private static String appendUntilRefused(Journal journal) throws IOException {
    while (true) {
      try {
        append(journal, STREAM, journal.end(), 30_000);
      } catch (DiskFullException e) {
        return e.getMessage();
      }
    }
  }
}
