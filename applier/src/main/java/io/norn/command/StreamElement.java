package io.norn.command;

import io.norn.stream.Text;
import java.util.List;

/**
 * What in a stream has a winner of its own: an entry, a group with its last delivered ID, a
 * consumer, an entry that is pending in a group.
 */
public final class StreamElement {
  private static final String MOVED = ">";

  private StreamElement() {}

  /** Kinds of elements; the first byte of the name tells it. */
  public enum Kind {
    ENTRY('e'),
    GROUP('g'),
    CONSUMER('c'),
    PENDING('p'),

    /** The last ID that the stream has seen; {@code Put} makes the stream if it is not there. */
    LAST_ID('i'),

    /**
     * Entries removed because there were too many: {@code Remove} by a client, which of them only
     * its server knows; {@code Put} of the first one that is left, and of those below it that are
     * still there, as its node tells.
     */
    TRIM('t');

    private final byte letter;

    Kind(char letter) {
      this.letter = (byte) letter;
    }
  }

  public static final Element LAST_ID = element(Kind.LAST_ID);
  public static final Element TRIM = element(Kind.TRIM);

  public static Element entry(EntryId id) {
    return element(Kind.ENTRY, id.text());
  }

  public static Element group(byte[] group) {
    return element(Kind.GROUP, group);
  }

  public static Element consumer(byte[] group, byte[] consumer) {
    return element(Kind.CONSUMER, group, consumer);
  }

  /** Value of a group that was moved to a place; of one that was made it is the place itself. */
  static byte[] movedTo(byte[] place) {
    return Text.bytes(MOVED + Text.latin1(place));
  }

  public static boolean isMove(ElementOp.Put group) {
    return Text.latin1(group.value()).startsWith(MOVED);
  }

  /** Where a group was made, or moved to. */
  public static byte[] place(ElementOp.Put group) {
    String value = Text.latin1(group.value());
    return Text.bytes(isMove(group) ? value.substring(MOVED.length()) : value);
  }

  public static Element pending(byte[] group, EntryId id) {
    return element(Kind.PENDING, group, id.text());
  }

  private static Element element(Kind kind, byte[]... parts) {
    byte[] packed = Packed.of(parts);
    byte[] name = new byte[packed.length + 1];
    name[0] = kind.letter;
    System.arraycopy(packed, 0, name, 1, packed.length);
    return new Element(ValueType.STREAM, new Bytes(name));
  }

  /** The kind of an element of a stream. */
  public static Kind kind(Element element) {
    byte letter = element.name().raw()[0];
    for (Kind kind : Kind.values()) {
      if (kind.letter == letter) {
        return kind;
      }
    }
    throw new IllegalArgumentException("no element of a stream: " + element);
  }

  /** What its name is made of. */
  public static List<byte[]> parts(Element element) {
    byte[] name = element.name().raw();
    byte[] packed = new byte[name.length - 1];
    System.arraycopy(name, 1, packed, 0, packed.length);
    return Packed.parts(packed);
  }

  /** ID of an entry, or of one that is pending. */
  public static EntryId id(Element element) {
    List<byte[]> parts = parts(element);
    return EntryId.parse(parts.get(parts.size() - 1)).orElseThrow();
  }

  /** The first entry that a trim left, and those below it that are still there. */
  public static List<EntryId> left(ElementOp.Put trim) {
    return Packed.parts(trim.value()).stream().map(id -> EntryId.parse(id).orElseThrow()).toList();
  }

  /** Group of a group, a consumer or a pending entry. */
  public static byte[] groupOf(Element element) {
    return parts(element).get(0);
  }

  /** True if the stream exists after it was put. */
  static boolean creates(ElementOp op) {
    Kind kind = kind(op.element());
    return op instanceof ElementOp.Put
        && (kind == Kind.ENTRY || kind == Kind.GROUP || kind == Kind.LAST_ID);
  }
}
