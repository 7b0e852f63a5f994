package io.norn.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The replication stream of one server on disk: one history, possibly under several replids one
 * after the other. All methods may be called from any thread; appends come one after the other.
 */
public interface Journal extends Closeable {
  /** Longer inputs of {@link #append} become several entries of at most this size. */
  int MAX_ENTRY_BYTES = 256 << 10;

  /**
   * Opens or creates a journal. What a crash left half written is cut off and reported.
   *
   * @throws JournalOpenException when another process uses it, or it is no journal of this version
   */
  static Journal open(JournalSettings settings, InstantSource clock) throws IOException {
    return JournalOpening.open(settings, clock, JournalTuning.of(settings));
  }

  /** The directory of the journal. */
  Path directory();

  /** What is held of each stream, in order of appearance. */
  List<StreamRange> streams();

  /** What is held of the stream that is being appended to. */
  Optional<StreamRange> latest();

  /**
   * Appends bytes of a stream. After an exception {@link #end()} tells how many are in, usually
   * none. No bytes of a new stream record where it begins.
   *
   * @param stream the latest stream, or one the journal does not hold, of up to 64 characters
   * @param offset the end of the latest stream; where a new one begins
   * @param db what {@link JournalEntry#db} shall say; it is kept for every entry the bytes are cut
   *     into
   * @throws JournalGapException when the bytes do not follow what is there
   * @throws DiskFullException when less than the reserve would stay free
   * @throws JournalFailedException when the journal has failed before or now
   */
  void append(String stream, long offset, int db, byte[] buffer, int from, int length)
      throws IOException;

  /** The position after the last byte of the latest stream, or -1 when nothing is held. */
  long end();

  /**
   * The position in the latest stream up to which all was forced to the disk, or -1 when nothing is
   * held. Under {@link SyncPolicy#NO} that is what was there when it was opened: nobody knows more.
   */
  long durableEnd();

  /**
   * Forces everything appended so far to the disk.
   *
   * @throws JournalFailedException when the disk refuses; it is never tried again
   */
  void sync() throws IOException;

  /**
   * A reader whose first entry begins exactly at the position. It goes on through the later
   * streams, and what it has not read yet is not deleted.
   *
   * @param offset from the first offset of the stream up to its end
   * @throws PositionGoneException when the journal does not hold the position
   */
  JournalReader reader(String stream, long offset) throws IOException;

  /**
   * Says that what stands before the position may be deleted. Before the first call, and for a
   * position that the journal does not hold, nothing may be.
   */
  void keepFrom(String stream, long offset);

  /** Deletes what is too old or too much and may go; to be called every second or so. */
  void housekeep() throws IOException;

  /** When the oldest part was begun, milliseconds since the epoch; 0 if nothing is held. */
  long oldestMillis();

  /** About how many bytes the journal takes on the disk. */
  long sizeBytes();

  /** Forces everything to the disk and releases files, threads and readers. */
  @Override
  void close() throws IOException;
}
