package io.norn.journal;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of the journal of bounded size in a directory of its own: the unit of retention, of
 * durability and of repair. Guarded by the lock of the {@link Catalog}.
 */
final class Generation {
  private static final int DIGITS = 20;

  private final Path directory;
  private final long firstSequence;
  private final long createdMillis;
  private final List<Segment> segments = new ArrayList<>();
  private long endSequence;
  private long bytes;
  private long lastMillis;
  private boolean sealed;
  private volatile boolean distrusted;

  Generation(Path journal, long firstSequence, long createdMillis) {
    this.directory = journal.resolve(nameOf(firstSequence));
    this.firstSequence = firstSequence;
    this.endSequence = firstSequence;
    this.createdMillis = createdMillis;
    this.lastMillis = createdMillis;
  }

  static String nameOf(long firstSequence) {
    return String.format("%0" + DIGITS + "d", firstSequence);
  }

  static boolean isName(String name) {
    return name.length() == DIGITS && name.chars().allMatch(Character::isDigit);
  }

  /** Counts a record that was appended or found. */
  void add(String stream, long offset, int length) {
    Segment last = segments.isEmpty() ? null : segments.get(segments.size() - 1);
    if (last != null && last.stream().equals(stream)) {
      segments.set(segments.size() - 1, last.extendedTo(offset + length));
    } else {
      segments.add(new Segment(stream, offset, offset + length, endSequence));
    }
    endSequence++;
    bytes += length + RecordCodec.headBytes(stream);
  }

  /** Takes over what a seal tells. */
  void restore(Seal seal) {
    segments.addAll(seal.segments());
    endSequence = seal.endSequence();
    bytes = seal.bytes();
    lastMillis = seal.lastMillis();
    sealed = true;
  }

  void touch(long nowMillis) {
    lastMillis = nowMillis;
  }

  void markSealed() {
    sealed = true;
  }

  Path directory() {
    return directory;
  }

  long firstSequence() {
    return firstSequence;
  }

  long endSequence() {
    return endSequence;
  }

  long bytes() {
    return bytes;
  }

  long createdMillis() {
    return createdMillis;
  }

  long lastMillis() {
    return lastMillis;
  }

  /** Whether it is complete, on the disk, and described by a seal. */
  boolean sealed() {
    return sealed;
  }

  /** Notes that a reader found damage: only verifying it anew may make it valid. */
  void distrust() {
    distrusted = true;
  }

  boolean distrusted() {
    return distrusted;
  }

  boolean isEmpty() {
    return segments.isEmpty();
  }

  List<Segment> segments() {
    return List.copyOf(segments);
  }

  /** The number after the last record of a segment. */
  long endOf(Segment segment) {
    int next = segments.indexOf(segment) + 1;
    return next < segments.size() ? segments.get(next).firstSequence() : endSequence;
  }
}
