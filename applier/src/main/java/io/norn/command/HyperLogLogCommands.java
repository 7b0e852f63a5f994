package io.norn.command;

import java.util.List;

/**
 * HyperLogLogs. They unite, but in more than one encoding, so that after a conflict the state is
 * made equal.
 */
final class HyperLogLogCommands {
  private static final Group HYPERLOGLOG = new Group(CommandGroup.HYPERLOGLOG);

  private HyperLogLogCommands() {}

  static List<Entry> entries() {
    return List.of(
        HYPERLOGLOG.opaque("PFADD", Keys.FIRST),
        HYPERLOGLOG.opaque("PFMERGE", Keys.STORE_FROM_ALL),
        HYPERLOGLOG
            .opaque("PFCOUNT", Keys.FIRST)
            .note("only when it renewed the count that is kept in the key"),
        HYPERLOGLOG.opaque("PFDEBUG", Keys.SECOND));
  }
}
