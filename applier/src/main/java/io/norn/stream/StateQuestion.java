package io.norn.stream;

/**
 * A node's request, in its own stream, that another one publishes the state of a key.
 *
 * @param node who is asked
 * @param db database of the key
 * @param key its name, one character a byte
 */
public record StateQuestion(String node, int db, String key) {
  private static final String PREFIX = "a ";

  /** The write that asks. */
  public byte[][] asMessage() {
    String text = PREFIX + node + " " + db + " " + key;
    return new byte[][] {
      Text.bytes("SPUBLISH"), Text.bytes(Reserved.CHANNEL), Text.latin1Bytes(text)
    };
  }

  /** Null if the message is no such question. */
  public static StateQuestion of(String message) {
    String[] parts = message.split(" ", 4);
    if (!message.startsWith(PREFIX) || parts.length < 4) {
      return null;
    }
    try {
      return new StateQuestion(parts[1], Integer.parseInt(parts[2]), parts[3]);
    } catch (NumberFormatException e) {
      return null;
    }
  }
}
