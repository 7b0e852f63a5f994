package io.norn.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The generations of a journal, oldest first. Thread-safe; the others are guarded by it. */
final class Catalog {
  /** A place where a position may be: in one of the records from first to end of a generation. */
  record Place(Generation generation, Segment segment, long endSequence) {}

  /** Index and metadata of Chronicle. */
  private static final long GENERATION_OVERHEAD_BYTES = 64L << 10;

  private final TreeMap<Long, Generation> generations = new TreeMap<>();

  synchronized void add(Generation generation) {
    generations.put(generation.firstSequence(), generation);
  }

  synchronized void remove(Generation generation) {
    generations.remove(generation.firstSequence());
  }

  /** Counts an appended record of the bytes before {@code end}. */
  synchronized void count(Generation generation, String stream, long end, int length) {
    generation.add(stream, end - length, length);
  }

  synchronized void markSealed(Generation generation) {
    generation.markSealed();
  }

  synchronized List<Generation> all() {
    return List.copyOf(generations.values());
  }

  synchronized Generation containing(long sequence) {
    return generations.floorEntry(sequence).getValue();
  }

  synchronized List<StreamRange> streams() {
    List<StreamRange> ranges = new ArrayList<>();
    for (Generation generation : generations.values()) {
      for (Segment s : generation.segments()) {
        StreamRange last = ranges.isEmpty() ? null : ranges.get(ranges.size() - 1);
        if (last != null && last.stream().equals(s.stream())) {
          ranges.remove(ranges.size() - 1);
          ranges.add(new StreamRange(s.stream(), last.firstOffset(), s.endOffset()));
        } else {
          ranges.add(new StreamRange(s.stream(), s.firstOffset(), s.endOffset()));
        }
      }
    }
    return ranges;
  }

  /** Where the byte at a position is; for the end of a stream, its last place. */
  synchronized Optional<Place> find(String stream, long offset) {
    Place found = null;
    for (Generation generation : generations.values()) {
      for (Segment s : generation.segments()) {
        if (s.stream().equals(stream) && s.firstOffset() <= offset && offset <= s.endOffset()) {
          found = new Place(generation, s, generation.endOf(s));
        }
      }
    }
    return Optional.ofNullable(found);
  }

  synchronized long oldestMillis() {
    return generations.isEmpty() ? 0 : generations.firstEntry().getValue().createdMillis();
  }

  synchronized long bytes() {
    long overhead = GENERATION_OVERHEAD_BYTES * generations.size();
    return overhead + generations.values().stream().mapToLong(Generation::bytes).sum();
  }
}
