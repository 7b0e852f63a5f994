package io.norn.stream;

import io.norn.stream.StreamItem.ChangeUnit;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The state of one key that a node puts into its stream, so that all nodes take it over. It stands
 * on the reserved channel and touches no key.
 *
 * @param db database of the key
 * @param key its name
 * @param expiryMillis since the epoch; not positive for none
 * @param payload as from {@code DUMP}; empty if the key is absent
 */
public record PublishedState(int db, byte[] key, long expiryMillis, byte[] payload) {
  /** Name under which a state is handed on among the commands of a stream; no server has it. */
  public static final String COMMAND = "NORN.STATE";

  private static final byte[] COMMAND_BYTES = Text.bytes(COMMAND);
  private static final String PREFIX = "s ";
  private static final int LONGEST_HEAD = 64;

  /** The write that puts it into the stream. */
  public byte[][] asMessage() {
    byte[] head = Text.bytes(PREFIX + db + " " + expiryMillis + " " + key.length + " ");
    byte[] message = Arrays.copyOf(head, head.length + key.length + payload.length);
    System.arraycopy(key, 0, message, head.length, key.length);
    System.arraycopy(payload, 0, message, head.length + key.length, payload.length);
    return new byte[][] {Text.bytes("SPUBLISH"), Text.bytes(Reserved.CHANNEL), message};
  }

  /** What a message says, as a command with arguments key, payload and expiry; null if no state. */
  static Change of(byte[] message, long endOffset) {
    String head = Text.latin1(Arrays.copyOf(message, Math.min(message.length, LONGEST_HEAD)));
    String[] parts = head.split(" ", 5);
    if (!head.startsWith(PREFIX) || parts.length < 5) {
      return null;
    }
    try {
      int keyStart = head.length() - parts[4].length();
      int payloadStart = Math.addExact(keyStart, Integer.parseInt(parts[3]));
      long expiryMillis = Long.parseLong(parts[2]);
      if (payloadStart < keyStart || payloadStart > message.length) {
        return null;
      }
      byte[][] args = {
        COMMAND_BYTES,
        Arrays.copyOfRange(message, keyStart, payloadStart),
        Arrays.copyOfRange(message, payloadStart, message.length),
        Text.bytes(Long.toString(expiryMillis))
      };
      return new Change(Integer.parseInt(parts[1]), args, endOffset);
    } catch (NumberFormatException | ArithmeticException e) {
      return null;
    }
  }

  /** The item with other payloads, if it holds a state. */
  public static StreamItem rewritten(StreamItem item, UnaryOperator<byte[]> payloads) {
    if (!(item instanceof ChangeUnit unit) || !isOne(unit.changes().get(0))) {
      return item;
    }
    List<Change> changes =
        unit.changes().stream()
            .map(each -> isOne(each) ? rewritten(each, payloads) : each)
            .toList();
    return new ChangeUnit(unit.origin(), unit.hlc(), changes, unit.seen(), unit.after());
  }

  private static Change rewritten(Change change, UnaryOperator<byte[]> payloads) {
    byte[][] args = change.args().clone();
    args[2] = payloads.apply(args[2]);
    return new Change(change.db(), args, change.endOffset());
  }

  /** True for a state: it has its stamp from its place, no tick has to cover it. */
  static boolean isOne(Change change) {
    return change.args()[0] == COMMAND_BYTES;
  }
}
