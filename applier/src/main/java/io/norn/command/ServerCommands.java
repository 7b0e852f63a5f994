package io.norn.command;

import java.util.List;

/** Whole databases, what scripts leave in a stream, and messages. */
final class ServerCommands {
  private static final String[] EFFECTS = {"its effects"};
  private static final String NOT_REPLICATED = "kept by each server for itself";
  private static final String NOT_MERGED = "cannot be merged with concurrent writes";
  private static final Group SERVER = new Group(CommandGroup.SERVER);

  private ServerCommands() {}

  static List<Entry> entries() {
    return List.of(
        SERVER.flush("FLUSHDB", call -> List.of(new Op.Flush(call.db()))),
        SERVER.flush("FLUSHALL", call -> List.of(new Op.Flush(Op.Flush.ALL))),
        SERVER.server("SWAPDB").note(NOT_MERGED),
        SERVER.server("CLUSTER FLUSHSLOT").note(NOT_MERGED),
        SERVER.library("FUNCTION LOAD", LibraryCommands::load),
        SERVER.library("FUNCTION DELETE", LibraryCommands::delete),
        SERVER.library("FUNCTION FLUSH", LibraryCommands::flush),
        SERVER.server("FUNCTION RESTORE"),
        SERVER.server("FCALL").arrivesAs(EFFECTS),
        SERVER.server("EVAL").arrivesAs(EFFECTS),
        SERVER.server("EVALSHA").arrivesAs(EFFECTS),
        SERVER.server("SCRIPT LOAD").arrivesAs("nothing").note(NOT_REPLICATED),
        SERVER.server("SCRIPT FLUSH").arrivesAs("nothing").note(NOT_REPLICATED),
        SERVER.server("PUBLISH").note("reaches the subscribers at every node"),
        SERVER.server("SPUBLISH").note("reaches the subscribers at every node"));
  }
}
