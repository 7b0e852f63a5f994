package io.norn.stream;

import io.norn.clock.HybridClock;

/**
 * A stamp for the commands of clients before it.
 *
 * @param hlc hybrid clock value, at most {@link HybridClock#MAX_MICROS}
 * @param stream name of the stream that it stamps
 * @param upto end offset of the last command covered
 */
public record Tick(long hlc, String stream, long upto) {
  private static final String FIELD = "t";

  /** The write that puts the tick into the stream. */
  public byte[][] asWrite() {
    return command("HSET", Reserved.NODE_KEY, FIELD, text());
  }

  /** The same for servers that refuse writes: they still publish. */
  public byte[][] asMessage() {
    return command("SPUBLISH", Reserved.CHANNEL, FIELD + " " + text());
  }

  private String text() {
    return hlc + " " + stream + " " + upto;
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
    String[] parts = text.split(" ", -1);
    try {
      return parts.length < 3 ? null : valid(parts);
    } catch (NumberFormatException e) {
      return null;
    }
  }

  private static Tick valid(String[] parts) {
    Tick tick = new Tick(Long.parseLong(parts[0]), parts[1], Long.parseLong(parts[2]));
    boolean sane = tick.hlc > 0 && tick.hlc <= HybridClock.MAX_MICROS && tick.upto >= 0;
    return sane ? tick : null;
  }

  private static byte[][] command(String... words) {
    byte[][] raw = new byte[words.length][];
    for (int i = 0; i < raw.length; i++) {
      raw[i] = Text.bytes(words[i]);
    }
    return raw;
  }
}
