package io.norn.merge;

import io.norn.command.CommandTable;
import io.norn.command.Op;
import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.window.Window;

/** Finds the changes behind a command that the server refused inside a transaction. */
final class Refusals {
  private final CommandTable table;
  private final Window window;

  Refusals(CommandTable table, Window window) {
    this.table = table;
    this.window = window;
  }

  void note(Proposal proposal, Emission emission) {
    for (ChangeUnit unit : proposal.units()) {
      for (Change change : unit.changes()) {
        table.parse(change, unit.hlc()).stream()
            .filter(op -> isBehind(op, emission))
            .forEach(op -> window.lacks(op.keys(), unit.stamp(change)));
      }
    }
  }

  /** A command on several keys was handed on as it came. */
  private static boolean isBehind(Op op, Emission emission) {
    boolean same = op instanceof Op.Opaque each && each.command() == emission.command();
    return same || (emission.key() != null && op.keys().contains(emission.key()));
  }
}
