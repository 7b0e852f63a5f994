package io.norn.agent.join;

import io.norn.clock.StreamId;
import io.norn.stream.VersionVector;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Tells when something that is waited for does not come: a stream of a node that cannot be reached.
 * That others move all the time says nothing about it.
 */
final class Standstill {
  /**
   * So long nobody stands still who can be reached and has something to do: not one who merges many
   * keys of another node meanwhile either, since its vector moves with each transaction. A node
   * that is away must not hold up a merge for longer.
   */
  static final long LIMIT_MILLIS = 10_000;

  private final long limitMillis;
  private final Map<StreamId, Place> places = new HashMap<>();

  private record Place(long offset, long sinceMillis) {}

  /**
   * Begins.
   *
   * @param limitMillis how long a stream may stand still
   */
  Standstill(long limitMillis) {
    this.limitMillis = limitMillis;
  }

  /**
   * True if one of the streams has stood still for so long.
   *
   * @param wanted streams of which something is missing now
   * @param reached how far all streams are now
   */
  boolean isIn(Set<StreamId> wanted, VersionVector reached, long nowMillis) {
    places.keySet().retainAll(wanted);
    for (StreamId stream : wanted) {
      long offset = reached.offset(stream);
      places.merge(
          stream,
          new Place(offset, nowMillis),
          (before, now) -> before.offset() == offset ? before : now);
    }
    return places.values().stream()
        .anyMatch(place -> nowMillis - place.sinceMillis() >= limitMillis);
  }
}
