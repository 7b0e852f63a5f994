package io.norn.journal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;

/** Short forms of what nearly every test of the journal does. */
final class Journals {
  static final String STREAM = "a".repeat(40);
  static final String NEXT_STREAM = "b".repeat(40);

  private Journals() {}

  static JournalSettings settings(Path directory, SyncPolicy sync) {
    return new JournalSettings(directory, sync, 1L << 40, Duration.ofDays(365), 0);
  }

  static JournalTuning tuning(long generationBytes) {
    return new JournalTuning(generationBytes, Forcer.DISK, () -> Long.MAX_VALUE / 2);
  }

  static Journal open(Path directory) throws IOException {
    return open(directory, 64 << 10);
  }

  static Journal open(Path directory, long generationBytes) throws IOException {
    return JournalOpening.open(
        settings(directory, SyncPolicy.NO), InstantSource.system(), tuning(generationBytes));
  }

  /** Opens a journal that leaves the disk alone: for tests that open hundreds. */
  static Journal openUnforced(Path directory) throws IOException {
    return JournalOpening.open(
        settings(directory, SyncPolicy.NO),
        InstantSource.system(),
        new JournalTuning(64 << 10, path -> {}, () -> Long.MAX_VALUE / 2));
  }

  /** The byte that belongs at an offset of any stream, so that every read can be checked. */
  static byte byteAt(long offset) {
    return (byte) ((offset * 0x9E3779B97F4A7C15L) >>> 56);
  }

  static byte[] bytes(long offset, int length) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = byteAt(offset + i);
    }
    return bytes;
  }

  static void append(Journal journal, String stream, long offset, int length) throws IOException {
    journal.append(stream, offset, 0, bytes(offset, length), 0, length);
  }

  /** Reads from a position to the end of that stream. */
  static byte[] readAll(Journal journal, String stream, long offset) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JournalReader reader = journal.reader(stream, offset)) {
      for (JournalEntry e = reader.next(); e != null; e = reader.next()) {
        if (e.stream().equals(stream)) {
          out.writeBytes(e.bytes());
        }
      }
    }
    return out.toByteArray();
  }

  static Random random() {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("seed " + seed);
    return new Random(seed);
  }
}
