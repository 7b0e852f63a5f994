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

  void touch(int database, String key) {
    if (!wasExpiredByKey.isEmpty() && wasExpiredByKey.containsKey(new WatchedKey(database, key))) {
      isTouched = true;
    }
  }

  /** An expired key was removed by the server itself. */
  void expire(int database, String key) {
    WatchedKey watched = new WatchedKey(database, key);
    if (Boolean.FALSE.equals(wasExpiredByKey.get(watched))) {
      isTouched = true;
    }
    wasExpiredByKey.computeIfPresent(watched, (name, wasExpired) -> false);
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
