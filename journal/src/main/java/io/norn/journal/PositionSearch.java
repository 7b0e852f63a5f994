package io.norn.journal;

import java.io.IOException;

/** Finds the record that holds a position. */
final class PositionSearch {
  private final long journalId;

  PositionSearch(long journalId) {
    this.journalId = journalId;
  }

  /** The number of the record that holds the offset, or of the one after its end. */
  long find(Catalog.Place place, long offset) throws IOException {
    Segment segment = place.segment();
    if (offset == segment.endOffset()) {
      return place.endSequence();
    }
    if (offset == segment.firstOffset()) {
      return segment.firstSequence();
    }
    Generation generation = place.generation();
    try (RecordSource source =
        RecordSource.open(generation.directory(), journalId, generation.firstSequence())) {
      return search(source, segment.firstSequence(), place.endSequence(), offset);
    }
  }

  private static long search(RecordSource source, long first, long end, long offset)
      throws IOException {
    long low = first;
    long high = end;
    while (high - low > 1) {
      long middle = (low + high) >>> 1;
      if (source.at(middle).entry().offset() <= offset) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
