package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.command.StoreTraits;
import io.norn.contest.Contests;
import io.norn.contest.Referee;
import io.norn.stream.Change;
import io.norn.stream.StreamItem.ChangeUnit;
import io.norn.window.KeyWindow;
import io.norn.window.Window;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Watches over deletes of several keys by own clients.
 *
 * <p>Such a command stands in the stream with all its keys when one of them existed. For the others
 * it changed nothing, so no WATCH aborts: a change with a smaller stamp can be executed after it,
 * decided before it. That key is then removed again, with what is newer than the delete put back.
 */
final class PartialDeletes {
  private final StreamId own;
  private final Window window;
  private final Map<DbKey, Stamp> deletes = new HashMap<>();

  /** What slipped in behind them. */
  private final Map<DbKey, Stamp> late = new HashMap<>();

  /** Keys that are to be deleted again; others may have to be repaired for other reasons. */
  private final Set<DbKey> due = new HashSet<>();

  /** A repair may be overtaken by a delete in the same way. */
  private final Set<DbKey> repaired = new HashSet<>();

  PartialDeletes(StreamId own, Window window) {
    this.own = own;
    this.window = window;
  }

  /** Looks at an operation that was just added to the window. */
  void check(ChangeUnit unit, Change change, Op op) {
    if (unit.origin().equals(own)) {
      if (op instanceof Op.Delete delete && change.args().length > 2) {
        deletes.put(delete.key(), unit.stamp(change));
        if (repaired.contains(delete.key())) {
          needRepair(delete.key());
        }
      }
    } else if (!deletes.isEmpty()) {
      op.keys().forEach(key -> check(key, unit.stamp(change), op));
    }
  }

  private static boolean isOutlived(KeyWindow key, Stamp stamp, Op op) {
    return StoreTraits.replaces(op) || key.isPast(stamp, op);
  }

  private void check(DbKey key, Stamp stamp, Op op) {
    Stamp delete = deletes.get(key);
    if (delete == null) {
      return;
    }
    if (!delete.equals(window.of(key).whole())) {
      deletes.remove(key);
    } else if (delete.isAfter(stamp) && isOutlived(window.of(key), stamp, op)) {
      late.put(key, stamp);
      needRepair(key);
    }
  }

  private void needRepair(DbKey key) {
    due.add(key);
    window.needsRepair(key);
  }

  /** Deletes that are forgotten, or that something newer has replaced. */
  void forget() {
    deletes.entrySet().removeIf(each -> !each.getValue().equals(window.of(each.getKey()).whole()));
    repaired.removeIf(key -> window.of(key).whole() == null);
    late.keySet().retainAll(deletes.keySet());
  }

  /**
   * The key is repaired; answers why it was. A time to live was written again behind all else,
   * though the key may have been empty since it was set: who has it writes it once more.
   */
  Contests repaired(DbKey key) {
    if (due.remove(key) && !window.of(key).expiriesAfter(Stamp.FIRST).isEmpty()) {
      window.doubtExpiry(key);
    }
    Stamp delete = deletes.get(key);
    Stamp loser = late.remove(key);
    return delete == null || loser == null ? Contests.NONE : Referee.repaired(key, delete, loser);
  }

  /** A state that was published behind the delete has made good what slipped in. */
  private static boolean isLast(Stamp delete, KeyWindow key) {
    return delete.equals(key.whole()) && !key.isInState(delete);
  }

  List<Emission> repair(DbKey key) {
    KeyWindow remembered = window.of(key);
    Stamp delete = deletes.get(key);
    if (!due.contains(key) || delete == null || !isLast(delete, remembered)) {
      return List.of();
    }
    repaired.add(key);
    Emissions out = new Emissions();
    KeyWriter writer = new KeyWriter(key, new KeyShadow(key, Facts.NOTHING), out);
    writer.delete();
    writer.redo(remembered.redoAfter(delete));
    return out.toList();
  }
}
