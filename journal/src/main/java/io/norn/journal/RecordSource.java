package io.norn.journal;

import io.norn.journal.chronicle.RecordCursor;
import io.norn.journal.chronicle.RecordLog;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;

/** Reads the records of one generation and verifies each. */
final class RecordSource implements Closeable {
  private final RecordLog log;
  private final RecordCursor cursor;
  private final RecordCodec codec;
  private final long firstSequence;
  private long nextSequence;

  private RecordSource(RecordLog log, long journalId, long firstSequence) throws IOException {
    this.log = log;
    this.cursor = log.cursor();
    this.codec = new RecordCodec(journalId);
    this.firstSequence = firstSequence;
    this.nextSequence = firstSequence;
  }

  /** Opens the generation in a directory before its first record. */
  static RecordSource open(Path directory, long journalId, long firstSequence) throws IOException {
    RecordLog log = RecordLog.openForReading(directory);
    try {
      return new RecordSource(log, journalId, firstSequence);
    } catch (IOException e) {
      log.close();
      throw e;
    }
  }

  /** The next record, or null when Chronicle shows none. */
  NumberedEntry next() throws IOException {
    int length = cursor.next();
    if (length < 0) {
      return null;
    }
    NumberedEntry record = codec.decode(cursor.record(), length, nextSequence);
    nextSequence++;
    return record;
  }

  /** Goes to a record by way of Chronicle's index, which nothing protects against bit rot. */
  void jumpTo(long sequence) throws IOException {
    if (!cursor.moveTo(sequence - firstSequence)) {
      throw new RecordDamageException("it is missing");
    }
    nextSequence = sequence;
  }

  /** Goes to a record by reading all before it. */
  void walkTo(long sequence) throws IOException {
    while (nextSequence < sequence) {
      if (next() == null) {
        throw new RecordDamageException("record " + nextSequence + " is missing");
      }
    }
  }

  /** Where the last record read ends in the data file. */
  long endPosition() {
    return cursor.endPosition();
  }

  @Override
  public void close() {
    cursor.close();
    log.close();
  }
}
