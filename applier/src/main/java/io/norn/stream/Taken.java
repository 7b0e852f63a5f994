package io.norn.stream;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * What a command took out of a list or sorted set, which the command itself does not say.
 *
 * @param first elements taken from the head on, in that order, or members of a sorted set; each as
 *     a text of which every character is one byte
 * @param last elements taken from the tail on, the last one first
 */
public record Taken(List<String> first, List<String> last) {
  /** Name, known to no server, under which a decoder hands such a command on. */
  public static final String COMMAND = "NORN.TAKEN";

  private static final Set<String> COMMANDS =
      Set.of(
          "LPOP",
          "RPOP",
          "LMOVE",
          "RPOPLPUSH",
          "LREM",
          "LTRIM",
          "LSET",
          "ZPOPMIN",
          "ZPOPMAX",
          "ZREMRANGEBYSCORE",
          "ZREMRANGEBYRANK",
          "ZREMRANGEBYLEX");

  public Taken {
    first = List.copyOf(first);
    last = List.copyOf(last);
  }

  public int size() {
    return first.size() + last.size();
  }

  /** Rough size in memory. */
  public long bytes() {
    return bytes(first) + bytes(last);
  }

  private static long bytes(List<String> elements) {
    return elements.stream().mapToLong(each -> each.length() + 20L).sum();
  }

  /** A command as it stood in the stream, whether it is told what it took or not. */
  public static byte[][] plain(byte[][] args) {
    if (!Text.is(args[0], COMMAND)) {
      return args;
    }
    long told = Text.integer(args[1]).orElse(0) + Text.integer(args[2]).orElse(0);
    return Arrays.copyOfRange(args, (int) told + 3, args.length);
  }

  /** True for a command that takes something without saying what. */
  static boolean isToldOf(byte[][] args) {
    return args.length > 1 && COMMANDS.contains(Text.upperCase(args[0]));
  }

  /**
   * The command with what it took before it: both numbers, the elements, and then the command as it
   * stood.
   */
  Change toldOf(Change change) {
    List<byte[]> args = new ArrayList<>(3 + size() + change.args().length);
    args.add(Text.bytes(COMMAND));
    args.add(Text.bytes(Integer.toString(first.size())));
    args.add(Text.bytes(Integer.toString(last.size())));
    first.forEach(each -> args.add(Text.latin1Bytes(each)));
    last.forEach(each -> args.add(Text.latin1Bytes(each)));
    args.addAll(Arrays.asList(change.args()));
    return new Change(change.db(), args.toArray(new byte[0][]), change.endOffset());
  }
}
