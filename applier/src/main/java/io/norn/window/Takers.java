package io.norn.window;

import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;

/** Finds the commands that took an element of a list: a busy list may remember thousands. */
final class Takers {
  private final Map<Bytes, List<OpaqueEntry>> byElement = new HashMap<>();
  private final Map<StreamId, TreeMap<Long, OpaqueEntry>> byOffset = new HashMap<>();

  void add(OpaqueEntry entry) {
    if (!entry.takes()) {
      return;
    }
    byOffset
        .computeIfAbsent(entry.stamp().origin(), origin -> new TreeMap<>())
        .put(entry.stamp().offset(), entry);
    for (Bytes element : entry.op().edit().taken()) {
      byElement.computeIfAbsent(element, e -> new ArrayList<>(1)).add(entry);
    }
  }

  void remove(OpaqueEntry entry) {
    if (!entry.takes()) {
      return;
    }
    byOffset.get(entry.stamp().origin()).remove(entry.stamp().offset(), entry);
    for (Bytes element : entry.op().edit().taken()) {
      byElement.get(element).remove(entry);
      byElement.computeIfPresent(element, (e, takers) -> takers.isEmpty() ? null : takers);
    }
  }

  /** Those that took one of these elements, in stamp order. */
  List<OpaqueEntry> of(Collection<Bytes> elements) {
    return elements.stream()
        .flatMap(each -> byElement.getOrDefault(each, List.of()).stream())
        .distinct()
        .sorted(Comparator.comparing(OpaqueEntry::stamp))
        .toList();
  }

  /** Those that took an element, by stream and in its order. */
  Map<StreamId, List<OpaqueEntry>> ofStreams(Bytes element) {
    List<OpaqueEntry> found = byElement.getOrDefault(element, List.of());
    if (found.size() == 1) {
      return Map.of(found.get(0).stamp().origin(), List.copyOf(found));
    }
    List<OpaqueEntry> takers = new ArrayList<>(found);
    takers.sort(Comparator.comparingLong(each -> each.stamp().offset()));
    return takers.stream().collect(Collectors.groupingBy(each -> each.stamp().origin()));
  }

  /**
   * The first of each stream behind what is in everywhere.
   *
   * @param covered tells up to which offset of a stream that is
   */
  List<OpaqueEntry> firstBehind(ToLongFunction<StreamId> covered) {
    List<OpaqueEntry> first = new ArrayList<>(2);
    byOffset.forEach(
        (origin, takers) -> {
          Map.Entry<Long, OpaqueEntry> next = takers.higherEntry(covered.applyAsLong(origin));
          if (next != null) {
            first.add(next.getValue());
          }
        });
    return first;
  }
}
