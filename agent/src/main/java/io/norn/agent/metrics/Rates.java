package io.norn.agent.metrics;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Turns counters into rates over the last seconds. May be used by any thread. */
final class Rates {
  private static final int SAMPLES = 6;

  private final Deque<Sample> samples = new ArrayDeque<>();

  /** Counters by section and field at one moment. */
  private record Sample(long nanos, Map<String, Double> counters) {}

  /** Takes what the counters say; to be called every second or so. */
  synchronized void sample(long nowNanos, Map<String, Map<String, String>> status) {
    Map<String, Double> counters = new HashMap<>();
    status.forEach(
        (section, fields) -> {
          for (String field : Sections.counters()) {
            Sections.number(fields, field)
                .ifPresent(
                    value ->
                        counters.put(Sections.lastingName(section, fields) + "." + field, value));
          }
        });
    samples.addLast(new Sample(nowNanos, counters));
    if (samples.size() > SAMPLES) {
      samples.removeFirst();
    }
  }

  /** Adds a field {@code …_per_second} for each counter. */
  synchronized void addTo(Map<String, Map<String, String>> status) {
    status.forEach(
        (section, fields) -> {
          for (String field : Sections.counters()) {
            if (fields.containsKey(field)) {
              String key = Sections.lastingName(section, fields) + "." + field;
              fields.put(field + "_per_second", String.format(Locale.ROOT, "%.1f", perSecond(key)));
            }
          }
        });
  }

  /** A counter that began anew meanwhile counts from there. */
  private double perSecond(String key) {
    if (samples.size() < 2) {
      return 0;
    }
    double sum = 0;
    Double before = null;
    for (Sample sample : samples) {
      Double now = sample.counters().get(key);
      if (before != null && now != null) {
        sum += now >= before ? now - before : now;
      }
      before = now;
    }
    return sum / Math.max(1e-3, (samples.getLast().nanos() - samples.getFirst().nanos()) / 1e9);
  }
}
