package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.window.KeyWindow;
import io.norn.window.ListMerge;
import java.util.function.Function;

/** Executes commands whose order matters: those of which it is known what they took, exactly. */
final class ListWriter {
  private ListWriter() {}

  /**
   * Writes one.
   *
   * @param withBatch what will be remembered of a key when the batch so far has been executed
   */
  static void execute(
      Stamp stamp, Op.Opaque op, Function<DbKey, KeyWindow> withBatch, Emissions out) {
    if (op.edit() == null) {
      out.addVerbatim(op.db(), op.command());
      return;
    }
    DbKey key = op.keys().get(0);
    ListMerge.asExecuted(withBatch.apply(key), stamp, op)
        .commands()
        .forEach(command -> out.add(key, command));
  }
}
