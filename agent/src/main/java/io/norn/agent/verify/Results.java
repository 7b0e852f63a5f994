package io.norn.agent.verify;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How far a comparison is, and what it found. May be used by any thread. */
final class Results {
  private static final int MAX_KEPT = 10_000;

  private final List<Difference> differences = new ArrayList<>();
  private final long startNanos = System.nanoTime();
  private long endNanos;
  private long total;
  private long done;
  private long suspects;
  private long different;
  private long unsettled;
  private long repaired;

  synchronized void total(long keys) {
    total = keys;
  }

  synchronized void scanned(long keys) {
    done += keys;
  }

  synchronized void suspects(long count) {
    suspects = count;
  }

  synchronized void add(Difference difference) {
    different++;
    if (differences.size() < MAX_KEPT) {
      differences.add(difference);
    }
  }

  /** A key that clients touched whenever it was looked at. */
  synchronized void unsettled() {
    unsettled++;
  }

  synchronized void repaired() {
    repaired++;
  }

  synchronized void end() {
    endNanos = System.nanoTime();
  }

  synchronized List<Difference> differences() {
    return List.copyOf(differences);
  }

  /** Names and values; of the differences those from an index on, some hundred at most. */
  synchronized Map<String, Object> fields(int from) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("keys", total);
    fields.put("compared", Math.min(done, total));
    fields.put("suspects", suspects);
    fields.put("different", different);
    fields.put("unsettled", unsettled);
    fields.put("repaired", repaired);
    long until = endNanos == 0 ? System.nanoTime() : endNanos;
    fields.put("elapsed_millis", (until - startNanos) / 1_000_000);
    int first = Math.min(Math.max(0, from), differences.size());
    int last = Math.min(differences.size(), first + 500);
    fields.put(
        "differences", differences.subList(first, last).stream().map(Difference::fields).toList());
    return fields;
  }
}
