package io.norn.command;

import io.norn.stream.Text;
import java.util.List;

/**
 * Lists. A push stands in a stream without its place, and a pop without what it popped: where no
 * tick tells that, only the state does.
 */
final class ListCommands {
  private static final Group LIST = new Group(CommandGroup.LIST);

  private ListCommands() {}

  static List<Entry> entries() {
    return List.of(
        LIST.opaque("LPUSH", Keys.FIRST),
        LIST.opaque("RPUSH", Keys.FIRST),
        LIST.opaque("LPUSHX", Keys.FIRST, call -> push("LPUSH", call)),
        LIST.opaque("RPUSHX", Keys.FIRST, call -> push("RPUSH", call)),
        LIST.opaque("LINSERT", Keys.FIRST, ListCommands::insert),
        LIST.opaque("LSET", Keys.FIRST),
        LIST.opaque("LREM", Keys.FIRST),
        LIST.opaque("LTRIM", Keys.FIRST),
        LIST.opaque("LPOP", Keys.FIRST),
        LIST.opaque("RPOP", Keys.FIRST),
        LIST.opaque("LMOVE", Keys.TWO),
        LIST.opaque("RPOPLPUSH", Keys.TWO),
        LIST.opaque("LMPOP", Keys.COUNTED_FIRST).arrivesAs("LPOP", "RPOP"),
        LIST.opaque("BLMPOP", Keys.COUNTED_SECOND).arrivesAs("LPOP", "RPOP"),
        LIST.opaque("BLPOP", Keys.ALL_BUT_LAST).arrivesAs("LPOP"),
        LIST.opaque("BRPOP", Keys.ALL_BUT_LAST).arrivesAs("RPOP"),
        LIST.opaque("BLMOVE", Keys.TWO).arrivesAs("LMOVE"),
        LIST.opaque("BRPOPLPUSH", Keys.TWO).arrivesAs("RPOPLPUSH"));
  }

  /** It is in the stream because it found a list. */
  private static List<Op> push(String name, Call call) {
    byte[][] command = call.args().clone();
    command[0] = Text.bytes(name);
    return List.of(new Op.Opaque(List.of(call.key()), List.of(), call.db(), command));
  }

  /**
   * The element goes to the tail where the one that it was to stand beside is gone: a copy of that
   * one is put there for a moment.
   */
  private static List<Op> insert(Call call) {
    byte[] key = call.arg(1);
    byte[] beside = call.arg(3);
    ListEdit edit =
        ListEdit.NOTHING.leading(
            List.of(
                new byte[][] {Text.bytes("RPUSH"), key, beside},
                new byte[][] {Text.bytes("LINSERT"), key, call.arg(2), beside, call.arg(4)},
                new byte[][] {Text.bytes("LREM"), key, Text.bytes("-1"), beside}));
    return List.of(new Op.Opaque(List.of(call.key()), List.of(), call.db(), call.args(), edit));
  }
}
