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
 * @param taken what those commands took out of lists and sorted sets that it is the first to cover
 *     and of which that is known, by end offset; at most {@link #MAX_TAKEN} elements
 */
public record Tick(
    long hlc,
    String stream,
    long upto,
    SortedMap<Long, DeleteCause> deletes,
    SortedMap<Long, Taken> taken) {
  /** So many deletes make a command of about a megabyte; more are not believed. */
  public static final int MAX_DELETES = 50_000;

  /** More elements are not believed. */
  public static final int MAX_TAKEN = 50_000;

  private static final String FIELD = "t";
  private static final int PLAIN_PARTS = 3;

  public Tick {
    deletes = Collections.unmodifiableSortedMap(new TreeMap<>(deletes));
    taken = Collections.unmodifiableSortedMap(new TreeMap<>(taken));
  }

  /** One that tells nothing of what commands took. */
  public Tick(long hlc, String stream, long upto, SortedMap<Long, DeleteCause> deletes) {
    this(hlc, stream, upto, deletes, Collections.emptySortedMap());
  }

  /** One that covers no delete of the server's own, either. */
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
    String lists = DeleteList.encode(deletes) + TakenList.encode(taken);
    return hlc + " " + stream + " " + upto + lists;
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
    boolean tells = parts.get(parts.size() - 1).startsWith(TakenList.PREFIX);
    int end = tells && parts.size() > PLAIN_PARTS ? parts.size() - 1 : parts.size();
    Optional<SortedMap<Long, DeleteCause>> deletes =
        DeleteList.decode(parts.subList(PLAIN_PARTS, end), upto, MAX_DELETES);
    SortedMap<Long, Taken> taken =
        end < parts.size()
            ? TakenList.decode(parts.get(end), upto, MAX_TAKEN)
            : Collections.emptySortedMap();
    boolean sane = hlc > 0 && hlc <= HybridClock.MAX_MICROS && upto >= 0;
    return sane && deletes.isPresent() && taken != null
        ? new Tick(hlc, parts.get(1), upto, deletes.get(), taken)
        : null;
  }

  private static byte[][] command(String... words) {
    byte[][] raw = new byte[words.length][];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = Text.bytes(words[i]);
    }
    return raw;
  }
}
