package io.norn.command;

import java.util.List;

/**
 * Lists. A pop stands in a stream without what it popped, and a push without its place: only the
 * state tells.
 */
final class ListCommands {
  private static final Group LIST = new Group(CommandGroup.LIST);

  private ListCommands() {}

  static List<Entry> entries() {
    return List.of(
        LIST.opaque("LPUSH", Keys.FIRST),
        LIST.opaque("RPUSH", Keys.FIRST),
        LIST.opaque("LPUSHX", Keys.FIRST),
        LIST.opaque("RPUSHX", Keys.FIRST),
        LIST.opaque("LINSERT", Keys.FIRST),
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
}
