package io.norn.journal;

/**
 * Where a journal ends.
 *
 * @param sequence number of the next record
 * @param stream the latest stream, empty when nothing is held
 * @param end position after its last byte, -1 when nothing is held
 */
record Tip(long sequence, String stream, long end) {
  static final Tip NOTHING = new Tip(0, "", -1);

  Tip after(String newStream, long newEnd) {
    return new Tip(sequence + 1, newStream, newEnd);
  }
}
