package io.norn.stream;

import java.util.Arrays;

/**
 * Tells deletes apart by their form.
 *
 * <p>What a server removes by itself stands in its stream as {@code DEL} or {@code UNLINK} of one
 * key, or as {@code HDEL} of fields that differ (seen on Redis 7.0.15 and Valkey 8.0.1 to 9.1.2).
 * Agents name the last key or field twice, which means the same and is kept in the stream, so that
 * nobody has to ask whose delete it was.
 */
public final class Deletes {
  private Deletes() {}

  /** True if the server may have written this by itself. */
  public static boolean mayBeServers(byte[][] args) {
    return isOfKey(args) ? args.length == 2 : isOfFields(args) && !endsTwice(args);
  }

  /** True for {@code HDEL}. */
  public static boolean isOfFields(byte[][] args) {
    return args.length > 2 && Text.is(args[0], "HDEL");
  }

  private static boolean isOfKey(byte[][] args) {
    return args.length > 1 && (Text.is(args[0], "DEL") || Text.is(args[0], "UNLINK"));
  }

  private static boolean endsTwice(byte[][] args) {
    return Arrays.equals(args[args.length - 1], args[args.length - 2]) && args.length > 3;
  }

  /** The command as an agent writes it; others than deletes stay as they are. */
  public static byte[][] asAgents(byte[][] args) {
    if (!mayBeServers(args)) {
      return args;
    }
    byte[][] form = Arrays.copyOf(args, args.length + 1);
    form[args.length] = args[args.length - 1];
    return form;
  }

  /** The delete as one of the server's own; unchanged if the cause does not fit it. */
  static Change because(DeleteCause cause, Change change) {
    boolean fits =
        mayBeServers(change.args())
            && isOfFields(change.args()) == (cause == DeleteCause.FIELD_EXPIRED);
    if (!fits) {
      return change;
    }
    byte[][] args = change.args().clone();
    args[0] = Text.bytes(cause.command());
    return new Change(change.db(), args, change.endOffset());
  }

  /** True for what {@link #because} makes. */
  static boolean isServers(Change change) {
    String name = Text.latin1(change.args()[0]);
    return Arrays.stream(DeleteCause.values()).anyMatch(cause -> cause.command().equals(name));
  }
}
