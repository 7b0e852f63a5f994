package io.norn.shadow;

import io.norn.stream.Taken;
import io.norn.stream.Text;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** A copy of a list. */
public final class ListShadow implements Shadow {
  static final Set<String> COMMANDS =
      Set.of(
          "LPUSH", "RPUSH", "LPUSHX", "RPUSHX", "LPOP", "RPOP", "LINSERT", "LSET", "LREM", "LTRIM");

  private static final long OVERHEAD = 60;

  private ArrayDeque<String> elements = new ArrayDeque<>();
  private long bytes;

  /** A copy of a list that is not there yet. */
  public ListShadow() {}

  /** A copy of what was read, head first. */
  public static ListShadow of(List<byte[]> elements) {
    ListShadow shadow = new ListShadow();
    elements.forEach(each -> shadow.push(Text.latin1(each), false));
    return shadow;
  }

  @Override
  public Taken apply(String name, byte[][] args) {
    return switch (name) {
      case "LPUSH", "LPUSHX" -> pushAll(args, true);
      case "RPUSH", "RPUSHX" -> pushAll(args, false);
      case "LPOP" -> pop(args, true);
      case "RPOP" -> pop(args, false);
      case "LREM" -> args.length == 4 ? remove(args) : null;
      case "LTRIM" -> args.length == 4 ? trim(Text.integer(args[2]), Text.integer(args[3])) : null;
      case "LSET" -> args.length == 4 ? set(Text.integer(args[2]), Text.latin1(args[3])) : null;
      case "LINSERT" -> args.length == 5 ? insert(args) : null;
      default -> null;
    };
  }

  private Taken pushAll(byte[][] args, boolean atHead) {
    for (int i = 2; i < args.length; i++) {
      push(Text.latin1(args[i]), atHead);
    }
    return NOTHING;
  }

  void push(String element, boolean atHead) {
    if (atHead) {
      elements.addFirst(element);
    } else {
      elements.addLast(element);
    }
    bytes += element.length() + OVERHEAD;
  }

  private Taken pop(byte[][] args, boolean fromHead) {
    OptionalLong count = args.length > 2 ? Text.integer(args[2]) : OptionalLong.of(1);
    List<String> popped = new ArrayList<>();
    for (long i = 0; i < count.orElse(0) && !elements.isEmpty(); i++) {
      popped.add(pop(fromHead));
    }
    return fromHead ? new Taken(popped, List.of()) : new Taken(List.of(), popped);
  }

  /** Null if there is none. */
  String pop(boolean fromHead) {
    String element = fromHead ? elements.pollFirst() : elements.pollLast();
    bytes -= element == null ? 0 : element.length() + OVERHEAD;
    return element;
  }

  private Taken remove(byte[][] args) {
    OptionalLong count = Text.integer(args[2]);
    String element = Text.latin1(args[3]);
    if (count.isEmpty()) {
      return null;
    }
    boolean fromTail = count.getAsLong() < 0;
    long limit = count.getAsLong() == 0 ? Long.MAX_VALUE : Math.abs(count.getAsLong());
    int removed = 0;
    while (removed < limit
        && (fromTail
            ? elements.removeLastOccurrence(element)
            : elements.removeFirstOccurrence(element))) {
      removed++;
      bytes -= element.length() + OVERHEAD;
    }
    List<String> copies = Collections.nCopies(removed, element);
    return fromTail ? new Taken(List.of(), copies) : new Taken(copies, List.of());
  }

  private Taken trim(OptionalLong start, OptionalLong stop) {
    if (start.isEmpty() || stop.isEmpty()) {
      return null;
    }
    int size = elements.size();
    long from = Math.max(0, start.getAsLong() < 0 ? size + start.getAsLong() : start.getAsLong());
    long to = Math.min(size - 1, stop.getAsLong() < 0 ? size + stop.getAsLong() : stop.getAsLong());
    boolean isAll = from > to;
    List<String> first = popMany(isAll ? size : from, true);
    List<String> last = isAll ? List.of() : popMany(size - 1 - to, false);
    return new Taken(first, last);
  }

  private List<String> popMany(long count, boolean fromHead) {
    List<String> popped = new ArrayList<>();
    for (long i = 0; i < count; i++) {
      popped.add(pop(fromHead));
    }
    return popped;
  }

  private Taken set(OptionalLong index, String element) {
    int size = elements.size();
    long at = index.orElse(size) < 0 ? size + index.orElse(0) : index.orElse(size);
    if (at < 0 || at >= size) {
      return null;
    }
    List<String> all = new ArrayList<>(elements);
    String old = all.set((int) at, element);
    elements = new ArrayDeque<>(all);
    bytes += element.length() - old.length();
    return new Taken(List.of(old), List.of());
  }

  private Taken insert(byte[][] args) {
    List<String> all = new ArrayList<>(elements);
    int at = all.indexOf(Text.latin1(args[3]));
    if (at < 0) {
      return null;
    }
    String element = Text.latin1(args[4]);
    all.add(Text.is(args[2], "BEFORE") ? at : at + 1, element);
    elements = new ArrayDeque<>(all);
    bytes += element.length() + OVERHEAD;
    return NOTHING;
  }

  @Override
  public boolean isEmpty() {
    return elements.isEmpty();
  }

  @Override
  public int size() {
    return elements.size();
  }

  @Override
  public long bytes() {
    return bytes;
  }

  @Override
  public String toString() {
    return elements.toString();
  }
}
