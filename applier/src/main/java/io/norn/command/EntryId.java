package io.norn.command;

import io.norn.stream.Text;
import java.util.Optional;

/**
 * ID of an entry of a stream; both parts are unsigned.
 *
 * @param millis its time
 * @param sequence its number within that
 */
public record EntryId(long millis, long sequence) implements Comparable<EntryId> {
  public static final EntryId FIRST = new EntryId(0, 0);

  /** Reads {@code millis-sequence}; a missing sequence is 0. Empty if it is none. */
  public static Optional<EntryId> parse(byte[] raw) {
    String text = Text.latin1(raw);
    int dash = text.indexOf('-');
    try {
      long millis = Long.parseUnsignedLong(dash < 0 ? text : text.substring(0, dash));
      long sequence = dash < 0 ? 0 : Long.parseUnsignedLong(text.substring(dash + 1));
      return Optional.of(new EntryId(millis, sequence));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The largest one below; that of {@link #FIRST} is itself. */
  public EntryId before() {
    if (sequence != 0) {
      return new EntryId(millis, sequence - 1);
    }
    return millis == 0 ? this : new EntryId(millis - 1, -1);
  }

  /** The smallest one above. */
  public EntryId after() {
    return sequence == -1 ? new EntryId(millis + 1, 0) : new EntryId(millis, sequence + 1);
  }

  /** The text in one form only. */
  public byte[] text() {
    return Text.bytes(toString());
  }

  @Override
  public int compareTo(EntryId other) {
    int byMillis = Long.compareUnsigned(millis, other.millis);
    return byMillis != 0 ? byMillis : Long.compareUnsigned(sequence, other.sequence);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(millis) + "-" + Long.toUnsignedString(sequence);
  }
}
