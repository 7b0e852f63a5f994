package io.norn.stream;

import io.norn.clock.HybridClock;
import io.norn.clock.StreamId;
import java.util.ArrayList;
import java.util.List;

/**
 * A server went on under a new stream, with what its old one was up to some place: it was restarted
 * from an older snapshot, or a replica took over that had not got all. What the old stream brought
 * behind that place is lost at the server, but not in journals.
 *
 * @param from the old stream
 * @param at up to where the data of the new stream hold the old one
 * @param to the new stream
 * @param start where the new stream begins, in its own positions
 * @param end what of the old stream counts: what was found of it when the new one began
 * @param hlc stamp of what no tick covers in the old stream
 */
public record Succession(String from, long at, String to, long start, long end, long hlc) {
  private static final int WORDS = 6;
  private static final String BETWEEN = ",";

  /** The tick that stamps what nothing else does in the old stream. */
  public Tick closing() {
    return new Tick(hlc, from, end);
  }

  /** State of a reader where the new stream begins. */
  public DecoderState beginning() {
    return DecoderState.at(start);
  }

  /**
   * State of a reader of the old stream where the new one begins.
   *
   * @param processed the state behind the last thing before it
   */
  public DecoderState heldOf(DecoderState processed) {
    return new DecoderState(at, processed.db(), processed.largest());
  }

  public StreamId old(String node) {
    return new StreamId(node, from);
  }

  public StreamId next(String node) {
    return new StreamId(node, to);
  }

  /** As one line, oldest first. */
  public static String encode(List<Succession> all) {
    List<String> texts = new ArrayList<>();
    for (Succession each : all) {
      texts.add(
          String.join(
              " ",
              each.from,
              Long.toString(each.at),
              each.to,
              Long.toString(each.start),
              Long.toString(each.end),
              Long.toString(each.hlc)));
    }
    return String.join(BETWEEN, texts);
  }

  /** Reads what {@link #encode} wrote; what is none of it is passed over. */
  public static List<Succession> decode(String text) {
    List<Succession> all = new ArrayList<>();
    for (String each : text.split(BETWEEN, -1)) {
      Succession succession = decodeOne(each.split(" ", -1));
      if (succession != null) {
        all.add(succession);
      }
    }
    return all;
  }

  private static Succession decodeOne(String[] words) {
    try {
      Succession read =
          words.length != WORDS
              ? null
              : new Succession(
                  words[0],
                  Long.parseLong(words[1]),
                  words[2],
                  Long.parseLong(words[3]),
                  Long.parseLong(words[4]),
                  Long.parseLong(words[5]));
      return read == null || !read.isSane() ? null : read;
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private boolean isSane() {
    boolean ordered = at >= 0 && at <= end && start >= 0;
    return ordered && hlc > 0 && hlc <= HybridClock.MAX_MICROS && !from.equals(to);
  }

  /** The one by which a stream was left; null if it was not. */
  public static Succession after(String stream, List<Succession> all) {
    return all.stream().filter(each -> each.from.equals(stream)).findFirst().orElse(null);
  }

  /** True if one leads to the other, or they are the same. */
  public static boolean isConnected(String from, String to, List<Succession> all) {
    String stream = from;
    for (int i = 0; i <= all.size(); i++) {
      if (stream.equals(to)) {
        return true;
      }
      Succession next = after(stream, all);
      if (next == null) {
        return false;
      }
      stream = next.to;
    }
    return false;
  }
}
