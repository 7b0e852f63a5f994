package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.stream.VersionVector;
import io.norn.window.Forecast;
import io.norn.window.KeyWindow;
import io.norn.window.Window;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the window will remember of keys when what was decided of a batch has been executed. */
final class BatchSoFar {
  private final Window window;
  private final Map<DbKey, Map<Stamp, Op>> decided = new HashMap<>();

  /** Kept, since a list may have hundreds of commands in a batch. */
  private final Map<DbKey, KeyWindow> known = new HashMap<>();

  BatchSoFar(Window window) {
    this.window = window;
  }

  boolean contains(DbKey key) {
    return decided.containsKey(key);
  }

  /** Only keys of which something is remembered need what the batch itself did to them. */
  void note(Stamp stamp, VersionVector seen, Op decision) {
    Op op = decision instanceof Op.Opaque opaque ? opaque.seenBy(seen) : decision;
    for (DbKey key : op.keys()) {
      if (op instanceof Op.Opaque || contains(key) || window.remembers(key)) {
        note(key, stamp, op);
      }
    }
  }

  private void note(DbKey key, Stamp stamp, Op op) {
    Op before = decided.computeIfAbsent(key, k -> new LinkedHashMap<>(4)).put(stamp, op);
    if (before != null) {
      known.remove(key);
    } else if (known.containsKey(key)) {
      Forecast.take(known.get(key), stamp, op);
    }
  }

  KeyWindow of(DbKey key) {
    return contains(key)
        ? known.computeIfAbsent(key, k -> window.of(k).with(decided.get(k)))
        : window.of(key);
  }
}
