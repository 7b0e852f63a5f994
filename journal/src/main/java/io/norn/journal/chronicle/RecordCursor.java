package io.norn.journal.chronicle;

import java.io.Closeable;
import java.nio.file.Path;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.RollCycle;
import net.openhft.chronicle.wire.DocumentContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the records of one log in order. Chronicle checks nothing but its own length field, so
 * whatever a cursor returns must be verified before it is believed.
 */
public final class RecordCursor implements Closeable {
  private static final Logger LOG = LoggerFactory.getLogger(RecordCursor.class);

  private final Path directory;
  private final ExcerptTailer tailer;
  private final RollCycle rollCycle;
  private byte[] record = new byte[4096];
  private long endPosition;

  RecordCursor(Path directory, ExcerptTailer tailer, RollCycle rollCycle) {
    this.directory = directory;
    this.tailer = tailer;
    this.rollCycle = rollCycle;
    tailer.singleThreadedCheckDisabled(true);
  }

  /** Goes to record {@code number}; false when there is none. */
  public boolean moveTo(long number) throws RecordLogException {
    try {
      if (number == 0) {
        tailer.toStart();
        return true;
      }
      return tailer.moveToIndex(rollCycle.toIndex(0, number));
    } catch (Exception | InternalError e) {
      throw unreadable(e);
    }
  }

  /**
   * Reads the next record into {@link #record()}.
   *
   * @return its length in bytes, or -1 when there is no further record
   */
  public int next() throws RecordLogException {
    try (DocumentContext document = tailer.readingDocument()) {
      if (!document.isPresent()) {
        return -1;
      }
      long length = document.wire().bytes().readRemaining();
      if (length > RecordLog.MAX_RECORD_BYTES) {
        throw new IllegalStateException("a record of " + length + " bytes, more than was written");
      }
      if (length > record.length) {
        record = new byte[RecordLog.MAX_RECORD_BYTES];
      }
      document.wire().bytes().read(record, 0, (int) length);
      endPosition = document.wire().bytes().readPosition();
      return (int) length;
    } catch (Exception | InternalError e) {
      throw unreadable(e);
    }
  }

  /** The bytes of the last record read; overwritten by the next one. */
  public byte[] record() {
    return record;
  }

  /** Where the last record read ends in the data file. */
  public long endPosition() {
    return endPosition;
  }

  private RecordLogException unreadable(Throwable cause) {
    return new RecordLogException("cannot read " + directory, cause);
  }

  @Override
  public void close() {
    try {
      tailer.close();
    } catch (Exception | InternalError e) {
      LOG.warn("cannot close {} cleanly: {}", directory, e.toString());
    }
  }
}
