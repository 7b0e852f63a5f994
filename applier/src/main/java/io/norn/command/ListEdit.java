package io.norn.command;

import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a command did to a list at its origin, told by the elements: it does the same to a list that
 * holds others, too.
 *
 * @param lead commands to execute first
 * @param first elements that it took, to be looked for from the head on
 * @param last elements that it took, to be looked for from the tail on
 * @param trail commands to execute behind that
 * @param seen what its node had seen of others; empty while that is not known
 */
public record ListEdit(
    List<byte[][]> lead,
    List<Bytes> first,
    List<Bytes> last,
    List<byte[][]> trail,
    VersionVector seen) {

  /** One that does nothing. */
  public static final ListEdit NOTHING = taking(List.of(), List.of());

  static ListEdit taking(List<Bytes> first, List<Bytes> last) {
    return new ListEdit(List.of(), first, last, List.of(), VersionVector.EMPTY);
  }

  ListEdit leading(List<byte[][]> commands) {
    return new ListEdit(commands, first, last, trail, seen);
  }

  ListEdit trailing(List<byte[][]> commands) {
    return new ListEdit(lead, first, last, commands, seen);
  }

  ListEdit seenBy(VersionVector vector) {
    return new ListEdit(lead, first, last, trail, vector);
  }

  /** The same with other elements that it took. */
  public ListEdit withTaken(List<Bytes> fromHead, List<Bytes> fromTail) {
    return new ListEdit(lead, fromHead, fromTail, trail, seen);
  }

  public boolean takes() {
    return !first.isEmpty() || !last.isEmpty();
  }

  /** What it took, each once. */
  public Set<Bytes> taken() {
    Set<Bytes> taken = new HashSet<>(first);
    taken.addAll(last);
    return taken;
  }

  /** How often it took an element. */
  public int count(Bytes element) {
    return count(first, element) + count(last, element);
  }

  private static int count(List<Bytes> elements, Bytes element) {
    return (int) elements.stream().filter(element::equals).count();
  }

  /** The commands that do it. Where an element is missing, nothing happens for it. */
  public List<byte[][]> commands(DbKey key) {
    List<byte[][]> commands = new ArrayList<>(lead);
    remove(commands, key, first, 1);
    remove(commands, key, last, -1);
    commands.addAll(trail);
    return commands;
  }

  /** The first or last one that is equal: at the ends of the list that is found at once. */
  private static void remove(
      List<byte[][]> commands, DbKey key, List<Bytes> elements, int direction) {
    int at = 0;
    while (at < elements.size()) {
      int next = at + 1;
      while (next < elements.size() && elements.get(next).equals(elements.get(at))) {
        next++;
      }
      byte[] count = Text.bytes(Integer.toString(direction * (next - at)));
      commands.add(
          new byte[][] {Text.bytes("LREM"), key.key().raw(), count, elements.get(at).raw()});
      at = next;
    }
  }
}
