package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.EntryId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Recent entries of one stream in their order, and trims: what elements alone do not tell. */
public final class StreamWindow {
  /** For streams that nothing is remembered of. */
  static final StreamWindow NOTHING = new StreamWindow();

  private final TreeMap<EntryId, Stamp> entries = new TreeMap<>();

  /** Entries that were removed again, which a stream's last ID still tells of. */
  private final TreeMap<EntryId, Gone> gone = new TreeMap<>();

  private final Map<StreamId, Trim> trims = new HashMap<>(2);

  /**
   * What a node said of its stream.
   *
   * @param said at this place, with what it had seen there
   * @param first no entry below is left of those
   * @param spared but for these
   */
  private record Trim(StateBase said, EntryId first, Set<EntryId> spared) {
    boolean removed(EntryId id, Stamp stamp) {
      return said.covers(stamp) && ends(id);
    }

    boolean ends(EntryId id) {
      return id.compareTo(first) < 0 && !spared.contains(id);
    }
  }

  private record Gone(Stamp added, Stamp removed) {
    boolean isCovered(StreamId origin, long upto) {
      return ElementWindow.isCovered(added, origin, upto)
          || ElementWindow.isCovered(removed, origin, upto);
    }
  }

  SortedMap<EntryId, Stamp> entries() {
    return entries;
  }

  void put(EntryId id, Stamp stamp) {
    entries.put(id, stamp);
  }

  void remove(EntryId id, Stamp stamp) {
    Stamp added = entries.remove(id);
    if (added != null) {
      gone(id, added, stamp);
    }
  }

  /** An entry was added and removed again. */
  void gone(EntryId id, Stamp added, Stamp removed) {
    gone.put(id, new Gone(added, removed));
  }

  /** The largest ID of an entry that was added later and removed again; null if there is none. */
  EntryId lastGoneAfter(Stamp stamp) {
    for (Map.Entry<EntryId, Gone> each : gone.descendingMap().entrySet()) {
      if (each.getValue().added().isAfter(stamp)) {
        return each.getKey();
      }
    }
    return null;
  }

  /**
   * Adds a trim; the entries that went with it, and when they came, are not remembered any more.
   */
  SortedMap<EntryId, Stamp> trim(StateBase said, List<EntryId> left) {
    Trim trim = new Trim(said, left.get(0), Set.copyOf(left));
    trims.put(said.stamp().origin(), trim);
    SortedMap<EntryId, Stamp> trimmed = new TreeMap<>(entries.headMap(trim.first(), false));
    trimmed.entrySet().removeIf(each -> !trim.removed(each.getKey(), each.getValue()));
    trimmed.keySet().forEach(id -> remove(id, said.stamp()));
    return trimmed;
  }

  /** True if a node that had seen the entry has trimmed it. */
  public boolean isTrimmed(EntryId id, Stamp stamp) {
    return trims.values().stream().anyMatch(trim -> trim.removed(id, stamp));
  }

  /**
   * Trims that a state does not hold, in stamp order.
   *
   * @param out takes the first entry that each left, and what is spared below it
   */
  public void eachTrimOnTop(StateBase state, BiConsumer<EntryId, List<EntryId>> out) {
    trims.values().stream()
        .filter(each -> !state.covers(each.said().stamp()))
        .sorted(Comparator.comparing(each -> each.said().stamp()))
        .forEach(
            each -> {
              List<EntryId> spared = new ArrayList<>(each.spared());
              spared.addAll(unseenBelow(each.first(), each.said()));
              out.accept(each.first(), spared);
            });
  }

  /** True if the entry was removed or trimmed, and a node had not seen that. */
  public boolean isGoneUnseen(EntryId id, StateBase node) {
    Gone removed = gone.get(id);
    return (removed != null && !node.covers(removed.removed()))
        || trims.values().stream()
            .anyMatch(each -> each.ends(id) && !node.covers(each.said().stamp()));
  }

  /** Entries below an ID that a node had not seen. */
  public List<EntryId> unseenBelow(EntryId upto, StateBase node) {
    List<EntryId> unseen = new ArrayList<>();
    entries
        .headMap(upto, false)
        .forEach(
            (id, stamp) -> {
              if (!node.covers(stamp)) {
                unseen.add(id);
              }
            });
    return unseen;
  }

  /** The first entry that a node had not seen; null if it had seen all. */
  public EntryId firstUnseen(StateBase node) {
    for (Map.Entry<EntryId, Stamp> entry : entries.entrySet()) {
      if (!node.covers(entry.getValue())) {
        return entry.getKey();
      }
    }
    return null;
  }

  /** The stream was replaced or removed, and with it what happened at these stamps. */
  void replaced(Predicate<Stamp> ended) {
    entries.values().removeIf(ended);
    gone.values().removeIf(each -> ended.test(each.added()));
    trims.values().removeIf(trim -> ended.test(trim.said().stamp()));
  }

  void forgetEntry(EntryId id, StreamId origin, long upto) {
    Stamp stamp = entries.get(id);
    if (stamp != null && ElementWindow.isCovered(stamp, origin, upto)) {
      entries.remove(id);
    }
    if (gone.containsKey(id) && gone.get(id).isCovered(origin, upto)) {
      gone.remove(id);
    }
  }

  void forgetTrim(StreamId origin, long upto) {
    Trim trim = trims.get(origin);
    if (trim != null && ElementWindow.isCovered(trim.said().stamp(), origin, upto)) {
      trims.remove(origin);
    }
  }

  boolean isEmpty() {
    return entries.isEmpty() && gone.isEmpty() && trims.isEmpty();
  }
}
