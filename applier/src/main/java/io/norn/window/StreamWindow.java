package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.EntryId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Recent entries of one stream in their order, and trims: what elements alone do not tell. */
public final class StreamWindow {
  /** For streams that nothing is remembered of. */
  static final StreamWindow NOTHING = new StreamWindow();

  private final TreeMap<EntryId, Stamp> entries = new TreeMap<>();
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
      return said.covers(stamp) && id.compareTo(first) < 0 && !spared.contains(id);
    }
  }

  SortedMap<EntryId, Stamp> entries() {
    return entries;
  }

  void put(EntryId id, Stamp stamp) {
    entries.put(id, stamp);
  }

  void remove(EntryId id) {
    entries.remove(id);
  }

  /** Adds a trim; the entries that went with it are not remembered any more. */
  List<EntryId> trim(StateBase said, List<EntryId> left) {
    Trim trim = new Trim(said, left.get(0), Set.copyOf(left));
    trims.put(said.stamp().origin(), trim);
    List<EntryId> gone = new ArrayList<>();
    entries
        .headMap(trim.first(), false)
        .forEach((id, stamp) -> addIf(trim.removed(id, stamp), id, gone));
    gone.forEach(entries::remove);
    return gone;
  }

  private static void addIf(boolean condition, EntryId id, List<EntryId> ids) {
    if (condition) {
      ids.add(id);
    }
  }

  /** True if a node that had seen the entry has trimmed it. */
  public boolean isTrimmed(EntryId id, Stamp stamp) {
    return trims.values().stream().anyMatch(trim -> trim.removed(id, stamp));
  }

  /** Entries below an ID that a node had not seen. */
  public List<EntryId> unseenBelow(EntryId upto, StateBase node) {
    List<EntryId> unseen = new ArrayList<>();
    entries.headMap(upto, false).forEach((id, stamp) -> addIf(!node.covers(stamp), id, unseen));
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
  void replaced(Predicate<Stamp> gone) {
    entries.values().removeIf(gone);
    trims.values().removeIf(trim -> gone.test(trim.said().stamp()));
  }

  void forgetEntry(EntryId id, StreamId origin, long upto) {
    Stamp stamp = entries.get(id);
    if (stamp != null && ElementWindow.isCovered(stamp, origin, upto)) {
      entries.remove(id);
    }
  }

  void forgetTrim(StreamId origin, long upto) {
    Trim trim = trims.get(origin);
    if (trim != null && ElementWindow.isCovered(trim.said().stamp(), origin, upto)) {
      trims.remove(origin);
    }
  }

  boolean isEmpty() {
    return entries.isEmpty() && trims.isEmpty();
  }
}
