package io.norn.sim.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A sorted set.
 *
 * @param scores member to score
 */
record SortedSetValue(SortedMap<String, Double> scores) implements Value {
  SortedSetValue() {
    this(new TreeMap<>());
  }

  /** Members by score, then by name. */
  List<Map.Entry<String, Double>> ranked() {
    List<Map.Entry<String, Double>> entries = new ArrayList<>(scores.entrySet());
    entries.sort(
        Map.Entry.<String, Double>comparingByValue()
            .thenComparing(Map.Entry.comparingByKey(Comparator.naturalOrder())));
    return entries;
  }

  @Override
  public String type() {
    return "zset";
  }

  @Override
  public boolean isEmpty() {
    return scores.isEmpty();
  }

  @Override
  public Value copy() {
    return new SortedSetValue(new TreeMap<>(scores));
  }

  @Override
  public List<String> parts() {
    List<String> parts = new ArrayList<>();
    scores.forEach(
        (member, score) -> {
          parts.add(member);
          parts.add(Text.number(score));
        });
    return parts;
  }
}
