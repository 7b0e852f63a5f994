package io.norn.command;

import java.util.List;

/** Streams and their consumer groups. */
final class StreamCommands {
  private static final Group STREAM = new Group(CommandGroup.STREAM);

  private StreamCommands() {}

  static List<Entry> entries() {
    return List.of(
        STREAM.opaque("XADD", Keys.FIRST).note("with the ID it got, and an exact trim"),
        STREAM.opaque("XDEL", Keys.FIRST),
        STREAM.opaque("XTRIM", Keys.FIRST).note("exact"),
        STREAM.opaque("XSETID", Keys.FIRST),
        STREAM.opaque("XACK", Keys.FIRST),
        STREAM.opaque("XCLAIM", Keys.FIRST).note("with the delivery time it set"),
        STREAM.opaque("XAUTOCLAIM", Keys.FIRST).arrivesAs("XCLAIM", "XGROUP CREATECONSUMER"),
        STREAM
            .opaque("XREADGROUP", Keys.AFTER_STREAMS)
            .arrivesAs("XCLAIM", "XGROUP SETID", "XGROUP CREATECONSUMER"),
        STREAM.opaque("XGROUP CREATE", Keys.SECOND),
        STREAM.opaque("XGROUP CREATECONSUMER", Keys.SECOND),
        STREAM.opaque("XGROUP DELCONSUMER", Keys.SECOND),
        STREAM.opaque("XGROUP DESTROY", Keys.SECOND),
        STREAM.opaque("XGROUP SETID", Keys.SECOND));
  }
}
