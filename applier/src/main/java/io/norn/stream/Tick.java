package io.norn.stream;

import io.norn.clock.HybridClock;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A stamp for the commands of clients before it.
 *
 * @param hlc hybrid clock value, at most {@link HybridClock#MAX_MICROS}
 * @param stream name of the stream that it stamps
 * @param upto end offset of the last command covered
 * @param deletes which of the deletes that it is the first to cover are the server's own, by end
 *     offset; at most {@link #MAX_DELETES}
 */
public record Tick(long hlc, String stream, long upto, SortedMap<Long, DeleteCause> deletes) {
  /** So many deletes make a command of about a megabyte; more are not believed. */
  public static final int MAX_DELETES = 50_000;

  private static final String FIELD = "t";
  private static final int PLAIN_PARTS = 3;

  public Tick {
    deletes = Collections.unmodifiableSortedMap(new TreeMap<>(deletes));
  }

  /** One that covers no delete of the server's own. */
  public Tick(long hlc, String stream, long upto) {
    this(hlc, stream, upto, Collections.emptySortedMap());
  }

  /** The write that puts the tick into the stream. */
  public byte[][] asWrite() {
    return command("HSET", Reserved.NODE_KEY, FIELD, text());
  }

  /** The same for servers that refuse writes: they still publish. */
  public byte[][] asMessage() {
    return command("SPUBLISH", Reserved.CHANNEL, FIELD + " " + text());
  }

  private String text() {
    return hlc + " " + stream + " " + upto + DeleteList.encode(deletes);
  }

  /** Null if the command is no well-formed tick. */
  static Tick of(byte[][] args) {
    if (args.length == 4 && Text.is(args[0], "HSET") && Reserved.isNodeKey(args[1])) {
      return Text.latin1(args[2]).equals(FIELD) ? parse(Text.latin1(args[3])) : null;
    }
    if (args.length == 3 && Text.is(args[0], "SPUBLISH") && Reserved.isNodeKey(args[1])) {
      String message = Text.latin1(args[2]);
      return message.startsWith(FIELD + " ") ? parse(message.substring(2)) : null;
    }
    return null;
  }

  private static Tick parse(String text) {
    List<String> parts = Arrays.asList(text.split(" ", -1));
    try {
      return parts.size() < PLAIN_PARTS ? null : valid(parts);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Tick valid(List<String> parts) {
    long hlc = Long.parseLong(parts.get(0));
    long upto = Long.parseLong(parts.get(2));
    Optional<SortedMap<Long, DeleteCause>> deletes =
        DeleteList.decode(parts.subList(PLAIN_PARTS, parts.size()), upto, MAX_DELETES);
    boolean sane = hlc > 0 && hlc <= HybridClock.MAX_MICROS && upto >= 0 && deletes.isPresent();
    return sane ? new Tick(hlc, parts.get(1), upto, deletes.get()) : null;
  }

  private static byte[][] command(String... words) {
    byte[][] raw = new byte[words.length][];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = Text.bytes(words[i]);
    }
    return raw;
  }
}
