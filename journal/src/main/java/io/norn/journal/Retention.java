package io.norn.journal;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;

/** Decides which generations go: the oldest ones beyond size or age that nobody needs. */
final class Retention {
  private final JournalState state;
  private final JournalSettings settings;
  private final InstantSource clock;
  private volatile Floor floor = new Floor("", 0);

  /** The position before which everything may go; an unknown one keeps all. */
  private record Floor(String stream, long offset) {}

  Retention(JournalState state, JournalSettings settings, InstantSource clock) {
    this.state = state;
    this.settings = settings;
    this.clock = clock;
  }

  void keepFrom(String stream, long offset) {
    floor = new Floor(stream, offset);
  }

  /** Deletes generations, none that holds {@code neededSequence} or stands behind it. */
  void housekeep(long neededSequence, JournalDirectory directory) throws IOException {
    long keptFrom = Math.min(neededSequence, floorSequence());
    List<Generation> generations = state.catalog().all();
    // The last one tells where the journal ends, and stays.
    for (Generation generation : generations.subList(0, Math.max(0, generations.size() - 1))) {
      if (generation.endSequence() > keptFrom || !isExcess(generation)) {
        return;
      }
      state.catalog().remove(generation);
      directory.delete(generation.directory());
    }
  }

  private long floorSequence() {
    Floor current = floor;
    return state
        .catalog()
        .find(current.stream(), current.offset())
        .map(place -> place.generation().firstSequence())
        .orElse(0L);
  }

  private boolean isExcess(Generation generation) {
    long age = clock.millis() - generation.lastMillis();
    return age > settings.maxAge().toMillis() || state.catalog().bytes() > settings.maxBytes();
  }
}
