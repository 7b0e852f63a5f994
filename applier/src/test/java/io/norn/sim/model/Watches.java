package io.norn.sim.model;

import java.util.HashMap;
import java.util.Map;

/** What one client watches, and whether any of it changed since. */
final class Watches {
  private final ModelServer server;

  /**
   * Watched key to whether it had already expired when WATCH came: then its removal is no change.
   */
  private final Map<WatchedKey, Boolean> wasExpiredByKey = new HashMap<>();

  private boolean isTouched;

  Watches(ModelServer server) {
    this.server = server;
  }

  void add(int database, String key) {
    wasExpiredByKey.putIfAbsent(new WatchedKey(database, key), isExpired(database, key));
  }

  void clear() {
    wasExpiredByKey.clear();
    isTouched = false;
  }

  /** The key was changed; an expired one that vanishes was gone before for everybody. */
  void touch(int database, String key) {
    if (wasExpiredByKey.isEmpty()) {
      return;
    }
    WatchedKey watched = new WatchedKey(database, key);
    Boolean wasExpired = wasExpiredByKey.get(watched);
    if (wasExpired == null) {
      return;
    }
    boolean isGone = !server.dataset().database(database).containsKey(key);
    if (wasExpired && isGone) {
      wasExpiredByKey.put(watched, false);
    } else {
      isTouched = true;
    }
  }

  boolean isTouched() {
    return isTouched
        || wasExpiredByKey.entrySet().stream()
            .anyMatch(
                entry ->
                    !entry.getValue()
                        && isExpired(entry.getKey().database(), entry.getKey().name()));
  }

  private boolean isExpired(int database, String key) {
    Slot slot = server.dataset().database(database).get(key);
    return slot != null && slot.isExpiredAt(server.nowMillis());
  }

  private record WatchedKey(int database, String name) {}
}
