package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The databases of one server: keys, values, expiry. */
public final class Dataset {
  static final int DATABASES = 4;

  private final List<SortedMap<String, Slot>> databases = new ArrayList<>();

  Dataset() {
    for (int i = 0; i < DATABASES; i++) {
      databases.add(new TreeMap<>());
    }
  }

  SortedMap<String, Slot> database(int number) {
    return databases.get(number);
  }

  Dataset copy() {
    Dataset copy = new Dataset();
    for (int i = 0; i < DATABASES; i++) {
      SortedMap<String, Slot> target = copy.database(i);
      database(i).forEach((key, slot) -> target.put(key, slot.copy()));
    }
    return copy;
  }

  /**
   * {@code db:key} to type, content and expiry, without reserved keys and what is expired by now.
   */
  SortedMap<String, String> canonical(long nowMillis) {
    SortedMap<String, String> result = new TreeMap<>();
    for (int i = 0; i < DATABASES; i++) {
      for (Map.Entry<String, Slot> entry : database(i).entrySet()) {
        Slot slot = entry.getValue();
        if (!entry.getKey().startsWith("__norn") && !slot.isExpiredAt(nowMillis)) {
          result.put(
              i + ":" + entry.getKey(), Payload.of(slot.value()) + " @" + slot.expiresAtMillis());
        }
      }
    }
    return result;
  }
}
