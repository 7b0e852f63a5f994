package io.norn.journal.chronicle;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.queue.rollcycles.LegacyRollCycles;
import net.openhft.chronicle.wire.DocumentContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Chronicle Queue that lives in one file: records are numbered from 0. Chronicle rolls by wall
 * clock only; with a clock that stands still it never does, so the caller decides when a new
 * directory begins, and a jump of the system clock changes nothing.
 *
 * <p>A log is written once, by the process that created it, and never continued later: what a
 * killed process left behind (a held write lock, half a record) can then do no harm.
 *
 * <p>Chronicle throws checked exceptions that it does not declare, hence the wide catches.
 */
public final class RecordLog implements Closeable {
  /** The file that holds the records: named by Chronicle after the time, which stands still. */
  public static final String DATA_FILE = "19700101-00.cq4";

  /** Chronicle's own notes beside the data file. */
  public static final String METADATA_FILE = "metadata.cq4t";

  /** Bytes mapped at a time; a data file is at least two of them long. */
  public static final int BLOCK_BYTES = 2 << 20;

  /** The largest record: Chronicle allows a quarter of a block, its own header included. */
  public static final int MAX_RECORD_BYTES = BLOCK_BYTES / 4 - 4096;

  private static final Logger LOG = LoggerFactory.getLogger(RecordLog.class);
  private static final int WRITE_TIMEOUT_MILLIS = 10_000;

  /** How long Chronicle waits for a file to get a head; ours have one, or are damaged. */
  private static final int READ_TIMEOUT_MILLIS = 200;

  private final Path directory;
  private final ChronicleQueue queue;
  private final Optional<ExcerptAppender> appender;
  private SpaceAhead ahead;

  private RecordLog(Path directory, ChronicleQueue queue, Optional<ExcerptAppender> appender) {
    this.directory = directory;
    this.queue = queue;
    this.appender = appender;
  }

  /** Creates a log in a new, empty directory. */
  public static RecordLog create(Path directory) throws RecordLogException {
    try {
      ChronicleQueue queue = builder(directory).build();
      ExcerptAppender appender = queue.createAppender();
      // The journal's own lock makes sure that only one thread at a time appends.
      appender.singleThreadedCheckDisabled(true);
      return new RecordLog(directory, queue, Optional.of(appender));
    } catch (Exception | LinkageError | InternalError e) {
      throw new RecordLogException("cannot create " + directory, e);
    }
  }

  /** Opens a log to read it, also while another instance appends to it. */
  public static RecordLog openForReading(Path directory) throws RecordLogException {
    try {
      return new RecordLog(
          directory,
          builder(directory).readOnly(true).timeoutMS(READ_TIMEOUT_MILLIS).build(),
          Optional.empty());
    } catch (Exception | LinkageError | InternalError e) {
      throw new RecordLogException("cannot open " + directory, e);
    }
  }

  /**
   * Makes Chronicle's notes beside the data file anew: they hold nothing that is not in the data
   * file, but the lock of a killed process and whatever bit rot left.
   */
  public static void renewMetadata(Path directory) throws IOException {
    Files.deleteIfExists(directory.resolve(METADATA_FILE));
    try {
      builder(directory).build().close();
    } catch (Exception | LinkageError | InternalError e) {
      throw new RecordLogException("cannot open " + directory, e);
    }
  }

  private static SingleChronicleQueueBuilder builder(Path directory) {
    return SingleChronicleQueueBuilder.binary(directory)
        // Every 16th record is in the index, so that a seek touches few pages.
        .rollCycle(LegacyRollCycles.HOURLY)
        .timeProvider(() -> 0L)
        .blockSize(BLOCK_BYTES)
        .timeoutMS(WRITE_TIMEOUT_MILLIS);
  }

  /**
   * Makes sure that the disk has room for the next record.
   *
   * @throws IOException when it has not; nothing was changed and it may be tried again
   */
  public void reserve(int recordBytes) throws IOException {
    if (ahead != null) {
      ahead.reserve(recordBytes);
    }
  }

  /**
   * Appends one record, made of a head and a body.
   *
   * @throws RecordLogException when the file system refused a page; the log must not be used again
   */
  public void append(byte[] head, int headLength, byte[] body, int from, int length)
      throws RecordLogException {
    try {
      long end = write(head, headLength, body, from, length);
      if (ahead == null) {
        ahead = new SpaceAhead(directory.resolve(DATA_FILE), end);
      }
      ahead.wroteUpTo(end);
    } catch (Exception | InternalError e) {
      throw new RecordLogException("cannot append to " + directory, e);
    }
  }

  /** Writes a record and returns where it ends in the file. */
  private long write(byte[] head, int headLength, byte[] body, int from, int length) {
    try (DocumentContext document = appender.orElseThrow().writingDocument()) {
      boolean complete = false;
      try {
        Bytes<?> bytes = document.wire().bytes();
        bytes.write(head, 0, headLength);
        bytes.write(body, from, length);
        complete = true;
        return bytes.writePosition();
      } finally {
        if (!complete) {
          document.rollbackOnClose();
        }
      }
    }
  }

  /** A cursor before record 0; used by one thread at a time and closed before the log. */
  public RecordCursor cursor() throws RecordLogException {
    try {
      return new RecordCursor(directory, queue.createTailer(), queue.rollCycle());
    } catch (Exception | InternalError e) {
      throw new RecordLogException("cannot read " + directory, e);
    }
  }

  @Override
  public void close() {
    try {
      if (ahead != null) {
        ahead.close();
      }
      appender.ifPresent(ExcerptAppender::close);
      queue.close();
    } catch (Exception | InternalError e) {
      // After a fault every call fails; what was appended is verified when it is read.
      LOG.warn("cannot close {} cleanly: {}", directory, e.toString());
    }
  }
}
