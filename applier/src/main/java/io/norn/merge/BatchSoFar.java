package io.norn.merge;

import io.norn.clock.Stamp;
import io.norn.command.DbKey;
import io.norn.command.Op;
import io.norn.window.Forecast;
import io.norn.window.KeyWindow;
import io.norn.window.Sighted;
import io.norn.window.Window;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the window will remember of keys when what was decided of a batch has been executed. */
final class BatchSoFar {
  private final Window window;
  private final Map<DbKey, Map<Stamp, Sighted>> decided = new HashMap<>();

  /** Kept, since a list may have hundreds of commands in a batch. */
  private final Map<DbKey, KeyWindow> known = new HashMap<>();

  BatchSoFar(Window window) {
    this.window = window;
  }

  boolean contains(DbKey key) {
    return decided.containsKey(key);
  }

  /** Only keys of which something is remembered need what the batch itself did to them. */
  void note(Sighted decision) {
    Sighted next =
        decision.op() instanceof Op.Opaque opaque
            ? new Sighted(decision.stamp(), decision.seen(), opaque.seenBy(decision.seen()))
            : decision;
    for (DbKey key : next.op().keys()) {
      if (next.op() instanceof Op.Opaque || contains(key) || window.remembers(key)) {
        note(key, next);
      }
    }
  }

  private void note(DbKey key, Sighted next) {
    Sighted before =
        decided.computeIfAbsent(key, k -> new LinkedHashMap<>(4)).put(next.stamp(), next);
    if (before != null) {
      known.remove(key);
    } else if (known.containsKey(key)) {
      Forecast.take(known.get(key), next);
    }
  }

  KeyWindow of(DbKey key) {
    return contains(key)
        ? known.computeIfAbsent(key, k -> window.of(k).with(decided.get(k).values()))
        : window.of(key);
  }
}
