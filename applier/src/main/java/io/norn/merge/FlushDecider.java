package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.CommandTable;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.contest.Referee;
import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.window.Window;
import java.util.List;

/** A flush removes from each key what is older than it. */
final class FlushDecider {
  private final CommandTable table;
  private final Window window;

  FlushDecider(CommandTable table, Window window) {
    this.table = table;
    this.window = window;
  }

  Decision decide(ChangeUnit unit, List<DbKey> keys) {
    Emissions out = new Emissions();
    Referee referee = new Referee(window);
    long skipped = 0;
    for (DbKey key : keys) {
      Stamp flush = flushOf(unit, key);
      if (flush != null) {
        referee.flushed(flush, key);
      }
      if (flush == null
          || window.of(key).isReplacedAfter(flush)
          || window.isFlushedAfter(flush, key.db())) {
        skipped++;
        continue;
      }
      KeyWriter writer = new KeyWriter(key, new KeyShadow(key, Facts.NOTHING), out);
      writer.delete();
      writer.redo(window.of(key).flushedAt(flush).redoAfter(flush));
    }
    return new Decision(out.toList(), skipped, 0, out.impossible(), referee.contests());
  }

  private Stamp flushOf(ChangeUnit unit, DbKey key) {
    Stamp latest = null;
    for (Change change : unit.changes()) {
      for (Op op : table.parse(change, unit.hlc())) {
        boolean hits =
            op instanceof Op.Flush flush && (flush.db() == Op.Flush.ALL || flush.db() == key.db());
        latest = hits ? unit.stamp(change) : latest;
      }
    }
    return latest;
  }

  /** True if one of the operations behind another flushes all of its keys. */
  static boolean isFlushedBy(List<Op> behind, Op op) {
    return behind.stream()
        .anyMatch(
            each ->
                each instanceof Op.Flush flush
                    && op.keys().stream()
                        .allMatch(key -> flush.db() == Op.Flush.ALL || flush.db() == key.db()));
  }
}
