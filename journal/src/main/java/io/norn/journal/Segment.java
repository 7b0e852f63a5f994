package io.norn.journal;

/**
 * Bytes of one stream within one generation.
 *
 * @param stream the replid
 * @param firstOffset position of the first byte
 * @param endOffset position after the last byte
 * @param firstSequence number of the first record
 */
record Segment(String stream, long firstOffset, long endOffset, long firstSequence) {
  Segment extendedTo(long end) {
    return new Segment(stream, firstOffset, end, firstSequence);
  }
}
