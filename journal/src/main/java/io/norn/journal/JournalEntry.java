package io.norn.journal;

/**
 * A piece of a replication stream.
 *
 * @param stream the replid under which this history was first known
 * @param offset the position of the first byte in the stream
 * @param db the database number selected at the last command that was complete before this entry,
 *     as far as its writer followed it; 0 if it did not
 * @param bytes what the server sent; not copied, so not to be changed
 */
@SuppressWarnings("ArrayRecordComponent") // Copies would halve the speed of reading.
public record JournalEntry(String stream, long offset, int db, byte[] bytes) {
  /** The position after the last byte. */
  public long end() {
    return offset + bytes.length;
  }
}
