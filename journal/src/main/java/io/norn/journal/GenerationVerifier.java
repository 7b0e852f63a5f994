package io.norn.journal;

import io.norn.journal.chronicle.RecordLog;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Optional;

/** Reads a whole generation and finds how much of it is valid. */
final class GenerationVerifier {
  private final long journalId;

  GenerationVerifier(long journalId) {
    this.journalId = journalId;
  }

  /**
   * What was found.
   *
   * @param generation counts the valid records
   * @param damage what is wrong behind them, if anything
   * @param droppedBytes how many written bytes stand behind them
   */
  record Finding(Generation generation, Optional<String> damage, long droppedBytes) {
    boolean isWhole() {
      return damage.isEmpty() && droppedBytes == 0;
    }
  }

  /** Verifies a generation of which nothing is known but where it begins. */
  Finding verify(Generation generation) throws IOException {
    Path dataFile = generation.directory().resolve(RecordLog.DATA_FILE);
    lengthen(dataFile);
    RecordLog.renewMetadata(generation.directory());
    Optional<String> damage = Optional.empty();
    long validEnd = 0;
    try (RecordSource source =
        RecordSource.open(generation.directory(), journalId, generation.firstSequence())) {
      for (NumberedEntry r = source.next(); r != null; r = source.next()) {
        JournalEntry entry = r.entry();
        generation.add(entry.stream(), entry.offset(), entry.bytes().length);
        validEnd = source.endPosition();
      }
    } catch (IOException e) {
      damage = Optional.of(e.getMessage());
    }
    return new Finding(generation, damage, writtenBytesAfter(dataFile, validEnd));
  }

  /**
   * Makes a file that was cut short long enough for whole blocks: touching a mapped page behind the
   * end of a file kills the process.
   */
  private static void lengthen(Path dataFile) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(dataFile.toFile(), "rw")) {
      long blocks = file.length() / RecordLog.BLOCK_BYTES + 2;
      if (file.length() % RecordLog.BLOCK_BYTES != 0) {
        file.setLength(blocks * RecordLog.BLOCK_BYTES);
      }
    }
  }

  private static long writtenBytesAfter(Path dataFile, long position) throws IOException {
    try (RandomAccessFile file = new RandomAccessFile(dataFile.toFile(), "r")) {
      byte[] block = new byte[64 << 10];
      long last = position;
      long at = position;
      file.seek(at);
      for (int n = file.read(block); n > 0; n = file.read(block)) {
        for (int i = n - 1; i >= 0; i--) {
          if (block[i] != 0) {
            last = at + i + 1;
            break;
          }
        }
        at += n;
      }
      return last - position;
    }
  }
}
