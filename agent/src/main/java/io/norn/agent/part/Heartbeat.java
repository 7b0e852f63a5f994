package io.norn.agent.part;

import io.norn.clock.StreamId;
import io.norn.stream.Reserved;
import io.norn.stream.Text;

/**
 * A sign of life that an agent publishes at its own server, so that it is in the stream.
 *
 * @param instance the running agent
 * @param stream the stream that it stamps
 * @param atMillis its wall clock
 */
public record Heartbeat(String instance, StreamId stream, long atMillis) {
  private static final String PREFIX = "h ";

  public String text() {
    return PREFIX + instance + " " + stream.node() + " " + stream.stream() + " " + atMillis;
  }

  /** Null if the text is none. */
  public static Heartbeat parse(String text) {
    String[] words = text.split(" ", -1);
    if (!text.startsWith(PREFIX) || words.length != 5) {
      return null;
    }
    long atMillis = Text.integer(Text.bytes(words[4])).orElse(0);
    return new Heartbeat(words[1], new StreamId(words[2], words[3]), atMillis);
  }

  /** Null if the command is none. */
  public static Heartbeat of(byte[][] args) {
    boolean message =
        args.length == 3
            && Text.is(args[0], "SPUBLISH")
            && Text.latin1(args[1]).equals(Reserved.CHANNEL);
    return message ? parse(Text.latin1(args[2])) : null;
  }
}
