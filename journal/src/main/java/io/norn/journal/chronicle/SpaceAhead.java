package io.norn.journal.chronicle;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/**
 * Writes zeros ahead of where Chronicle will write through its mapping. A full disk then shows as
 * an error of this write instead of a fault that kills the process, and pages that exist already
 * are mapped several times faster than holes in a sparse file.
 */
final class SpaceAhead implements Closeable {
  private static final int STEP_BYTES = 256 << 10;

  /** What Chronicle may put between two records: an array of its index. */
  private static final int MARGIN_BYTES = 128 << 10;

  private static final byte[] ZEROS = new byte[STEP_BYTES];

  private final RandomAccessFile file;
  private long writtenEnd;
  private long filledEnd;

  /** Begins behind the first record: all before {@code writtenEnd} belongs to Chronicle. */
  SpaceAhead(Path dataFile, long writtenEnd) throws IOException {
    this.file = new RandomAccessFile(dataFile.toFile(), "rw");
    this.writtenEnd = writtenEnd;
    this.filledEnd = writtenEnd;
  }

  /** Makes room for a record behind those that are written. */
  void reserve(int recordBytes) throws IOException {
    long needed = writtenEnd + recordBytes + MARGIN_BYTES;
    while (filledEnd < needed) {
      file.seek(filledEnd);
      file.write(ZEROS);
      filledEnd += STEP_BYTES;
    }
  }

  void wroteUpTo(long end) {
    writtenEnd = end;
    filledEnd = Math.max(filledEnd, end);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
