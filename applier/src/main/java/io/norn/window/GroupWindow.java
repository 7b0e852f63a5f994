package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.EntryId;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * How far the readers of one group have come at each node, and the entries that they passed without
 * having seen them: such an entry is still to be delivered, unless a reader elsewhere does.
 */
final class GroupWindow {
  private final Map<StreamId, Reached> reached = new HashMap<>(2);
  private final TreeSet<EntryId> passed = new TreeSet<>();
  private EntryId furthest = EntryId.FIRST;

  /**
   * The last that was delivered at a node.
   *
   * @param node at this place, with what it had seen there
   */
  private record Reached(EntryId id, StateBase node) {}

  /**
   * A reader came so far.
   *
   * @param entries recent ones
   * @param delivered tells which were delivered by some node
   */
  void reach(
      EntryId id, StateBase node, SortedMap<EntryId, Stamp> entries, Predicate<EntryId> delivered) {
    passed.addAll(passedBy(id, node, entries, delivered));
    reached.put(node.stamp().origin(), new Reached(id, node));
    furthest = id.compareTo(furthest) > 0 ? id : furthest;
  }

  /** Entries behind the node's last place, and up to this one, that it had not seen. */
  private NavigableSet<EntryId> passedBy(
      EntryId id, StateBase node, SortedMap<EntryId, Stamp> entries, Predicate<EntryId> delivered) {
    Reached before = reached.get(node.stamp().origin());
    EntryId from = before == null ? EntryId.FIRST : before.id().after();
    NavigableSet<EntryId> unseen = new TreeSet<>();
    if (from.compareTo(id) <= 0) {
      entries
          .subMap(from, id.after())
          .forEach(
              (each, stamp) -> {
                if (!node.covers(stamp) && !delivered.test(each)) {
                  unseen.add(each);
                }
              });
    }
    return unseen;
  }

  /** How far a reader's word may move the group on: not past what nobody has delivered. */
  EntryId upto(
      EntryId id, StateBase node, SortedMap<EntryId, Stamp> entries, Predicate<EntryId> delivered) {
    NavigableSet<EntryId> unseen = passedBy(id, node, entries, delivered);
    unseen.addAll(passed.headSet(id, true));
    return unseen.isEmpty() ? id : unseen.first().before();
  }

  /** An entry came in that readers may have passed. */
  void added(EntryId id, Stamp stamp, Predicate<EntryId> delivered) {
    boolean isPassed = false;
    for (Reached each : reached.values()) {
      if (each.id().compareTo(id) >= 0) {
        if (each.node().covers(stamp)) {
          return;
        }
        isPassed = true;
      }
    }
    if (isPassed && !delivered.test(id)) {
      passed.add(id);
    }
  }

  /**
   * The entry was delivered, or is gone.
   *
   * @return true if it was the last one that held the group up
   */
  boolean settle(EntryId id) {
    return passed.remove(id) && passed.isEmpty();
  }

  /** The first entry that was passed and is not delivered; null if there is none. */
  EntryId firstPassed() {
    return passed.isEmpty() ? null : passed.first();
  }

  EntryId furthest() {
    return furthest;
  }

  void forget(StreamId origin, long upto) {
    Reached each = reached.get(origin);
    if (each != null && ElementWindow.isCovered(each.node().stamp(), origin, upto)) {
      reached.remove(origin);
    }
  }

  boolean isEmpty() {
    return reached.isEmpty() && passed.isEmpty();
  }
}
