package io.norn.apply;

import io.norn.command.DbKey;
import io.norn.merge.OwedField;
import io.norn.window.Unordered;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Changes of other nodes that failed here, until the states of their keys have come. May be used by
 * any thread.
 */
public final class Owed {
  /** More keys of one node are only counted. */
  private static final int MAX_KEYS = 64;

  private final Map<String, Debt> byNode = new TreeMap<>();

  /** What one node is owed. */
  private static final class Debt {
    private final Map<DbKey, OwedField> keys = new LinkedHashMap<>();
    private long count;
    private OwedField last;
  }

  /** A change failed. */
  synchronized void add(String node, OwedField change) {
    Debt debt = byNode.computeIfAbsent(node, n -> new Debt());
    debt.count += change.count();
    debt.last = change;
    if (debt.keys.size() < MAX_KEYS || debt.keys.containsKey(change.key())) {
      debt.keys.put(change.key(), change);
    }
  }

  /** Forgets keys that lack nothing any more. */
  synchronized void settle(Map<DbKey, Unordered.Case> unsettled) {
    for (Debt debt : byNode.values()) {
      debt.keys
          .keySet()
          .removeIf(
              key ->
                  !unsettled.containsKey(key) || unsettled.get(key).kind() != Unordered.Kind.LACKS);
    }
    byNode.values().removeIf(debt -> debt.keys.isEmpty());
  }

  /** True if a key is among what is missing. */
  synchronized boolean holds(DbKey key) {
    return byNode.values().stream().anyMatch(debt -> debt.keys.containsKey(key));
  }

  /** One for each key that is missing. */
  synchronized List<OwedField> all() {
    return byNode.values().stream().flatMap(debt -> debt.keys.values().stream()).toList();
  }

  synchronized boolean isEmpty() {
    return byNode.isEmpty();
  }

  /** For each node the number of changes, and the last one. */
  public synchronized Map<String, OwedField> byNode() {
    Map<String, OwedField> fields = new TreeMap<>();
    byNode.forEach((node, debt) -> fields.put(node, debt.last.counted(debt.count)));
    return fields;
  }
}
