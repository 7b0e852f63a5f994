package io.norn.stream;

import io.norn.clock.StreamId;
import java.util.Map;
import java.util.TreeMap;

/**
 * Which changes a state holds: for each stream of each node, how far it has been taken in.
 * Immutable.
 */
public final class VersionVector {
  public static final VersionVector EMPTY = new VersionVector(Map.of());

  private static final String FIELD_PREFIX = "v:";

  private final TreeMap<StreamId, Progress> entries;

  private VersionVector(Map<StreamId, Progress> entries) {
    this.entries = new TreeMap<>(entries);
  }

  public static VersionVector of(Map<StreamId, Progress> entries) {
    return new VersionVector(entries);
  }

  /** Null if nothing of the stream is in. */
  public Progress get(StreamId stream) {
    return entries.get(stream);
  }

  /** End of what is in of the stream; -1 for nothing. */
  public long offset(StreamId stream) {
    Progress progress = entries.get(stream);
    return progress == null ? -1 : progress.offset();
  }

  public boolean covers(StreamId stream, long offset) {
    return offset <= offset(stream);
  }

  /** True if everything in the other vector is in this one too. */
  public boolean coversAll(VersionVector other) {
    return other.entries.entrySet().stream()
        .allMatch(entry -> covers(entry.getKey(), entry.getValue().offset()));
  }

  public Map<StreamId, Progress> entries() {
    return Map.copyOf(entries);
  }

  /** This vector with the entries of another put over its own. */
  public VersionVector with(Map<StreamId, Progress> changed) {
    VersionVector next = new VersionVector(entries);
    next.entries.putAll(changed);
    return next;
  }

  /** Name of a stream's field in the reserved hash. */
  static String fieldOf(StreamId stream) {
    return FIELD_PREFIX + stream.node() + ":" + stream.stream();
  }

  /** Null if the field is not a stream's. */
  static StreamId streamOf(String field) {
    int colon = field.indexOf(':', FIELD_PREFIX.length());
    boolean valid = field.startsWith(FIELD_PREFIX) && colon > 0;
    return valid
        ? new StreamId(field.substring(FIELD_PREFIX.length(), colon), field.substring(colon + 1))
        : null;
  }

  /** Reads the fields of the reserved hash; other fields are passed over. */
  public static VersionVector ofFields(Map<String, String> hash) {
    Map<StreamId, Progress> read = new TreeMap<>();
    hash.forEach(
        (field, value) -> {
          StreamId stream = streamOf(field);
          Progress progress = stream == null ? null : Progress.decode(value);
          if (progress != null) {
            read.put(stream, progress);
          }
        });
    return new VersionVector(read);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof VersionVector vector && entries.equals(vector.entries);
  }

  @Override
  public int hashCode() {
    return entries.hashCode();
  }

  @Override
  public String toString() {
    return entries.toString();
  }
}
