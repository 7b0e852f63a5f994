package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Bytes;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.ValueType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Opaque commands that wrote one key, in stamp order, and the published state that it stands on.
 */
final class OpaqueLog {
  private final List<OpaqueEntry> entries = new ArrayList<>(2);
  private final Set<Place> places = new HashSet<>();

  /** Up to where others have what is here, by stream. */
  private final Map<StreamId, Long> covered = new HashMap<>(2);

  private StateBase base;

  /** Made when it is first asked for. */
  private Takers takers;

  /** How many of the commands wrote other keys, too, or read some. */
  private int tied;

  /** True if something was added since it was last looked at what can be forgotten. */
  private boolean isNew;

  /** Where a command stands. */
  private record Place(StreamId origin, long offset) {
    static Place of(Stamp stamp) {
      return new Place(stamp.origin(), stamp.offset());
    }
  }

  /** Without the places: nobody asks a copy for them. */
  OpaqueLog copy() {
    OpaqueLog copy = new OpaqueLog();
    copy.entries.addAll(entries);
    copy.covered.putAll(covered);
    copy.base = base;
    copy.tied = tied;
    return copy;
  }

  void addWrite(Stamp stamp, Op.Opaque op) {
    OpaqueEntry entry = OpaqueEntry.of(stamp, op);
    entries.add(firstAfter(stamp), entry);
    tied += isAlone(op) ? 0 : 1;
    if (takers != null) {
      takers.add(entry);
    }
    isNew = true;
    places.add(Place.of(entry.stamp()));
  }

  /** Null if the key does not stand on a published state. */
  StateBase base() {
    return base;
  }

  void base(StateBase next) {
    base = next;
  }

  boolean covers(Stamp stamp) {
    return base != null && base.covers(stamp);
  }

  /** Later commands on this key alone, which can be executed again. */
  void eachRunAfter(Stamp stamp, Consumer<LaterOp> out) {
    for (OpaqueEntry entry : after(stamp)) {
      if (isAlone(entry.op())) {
        out.accept(entry.again());
      }
    }
  }

  /**
   * Commands on this list alone that a state does not hold, as they are to be executed on top of
   * it.
   */
  void eachListRunOnTop(Predicate<Stamp> isInState, Consumer<LaterOp> out) {
    Set<Stamp> executed = new HashSet<>();
    for (OpaqueEntry entry : entries) {
      boolean isOfList = OpaqueTraits.type(entry.op()) == ValueType.LIST;
      if (isOfList && isAlone(entry.op()) && !isInState.test(entry.stamp())) {
        Op.Opaque op =
            beside(
                entry.stamp(),
                entry.op(),
                other -> isInState.test(other) || executed.contains(other));
        out.accept(new LaterOp(entry.stamp(), run(op, OpaqueTraits.creates(op))));
        missed(entry.stamp(), entry.op(), isInState).forEach(out);
        executed.add(entry.stamp());
      }
    }
  }

  /** See {@link ListMerge#missed}. */
  List<LaterOp> missed(Stamp stamp, Op.Opaque op, Predicate<Stamp> isExecuted) {
    return ListMerge.missed(takers(), stamp, op, isExecuted);
  }

  /** See {@link ListMerge#beside}. */
  Op.Opaque beside(Stamp stamp, Op.Opaque op, Predicate<Stamp> isExecuted) {
    return ListMerge.beside(takers(), stamp, op, isExecuted);
  }

  /** True if more than two nodes took one of the elements that the command takes. */
  boolean isTakenByMany(Op.Opaque op) {
    return op.edit() != null
        && op.edit().taken().stream().anyMatch(each -> takers().ofStreams(each).size() > 2);
  }

  private Takers takers() {
    if (takers == null) {
      takers = new Takers();
      entries.forEach(takers::add);
    }
    return takers;
  }

  private static boolean isAlone(Op.Opaque op) {
    return op.keys().size() == 1 && op.sources().isEmpty();
  }

  static ElementOp run(Op.Opaque op, boolean creates) {
    Element element = new Element(OpaqueTraits.type(op), Bytes.EMPTY);
    return new ElementOp.Run(element, op.command(), op.commands(), creates);
  }

  /** True if a later command has written the key whose effect the base does not hold. */
  boolean isWrittenAfter(Stamp stamp) {
    // From the end: a state rarely holds the latest.
    for (int i = entries.size() - 1; i >= 0 && entries.get(i).stamp().isAfter(stamp); i--) {
      if (!covers(entries.get(i).stamp())) {
        return true;
      }
    }
    return false;
  }

  /** True if a later command wrote other keys too: it cannot be executed again for this one. */
  boolean isTiedAfter(Stamp stamp) {
    return tied > 0 && after(stamp).stream().anyMatch(entry -> !isAlone(entry.op()));
  }

  /** Commands that wrote other keys, too, or read some: they are not executed again. */
  List<Stamp> tied() {
    return tied == 0
        ? List.of()
        : entries.stream().filter(each -> !isAlone(each.op())).map(OpaqueEntry::stamp).toList();
  }

  /** Keys that later commands wrote together with this one. */
  List<DbKey> derivedAfter(Stamp stamp) {
    if (tied == 0) {
      return List.of();
    }
    return after(stamp).stream()
        .filter(entry -> entry.op().keys().size() > 1)
        .flatMap(entry -> entry.op().keys().stream())
        .toList();
  }

  private List<OpaqueEntry> after(Stamp stamp) {
    return entries.subList(firstAfter(stamp), entries.size());
  }

  private int firstAfter(Stamp stamp) {
    int low = 0;
    int high = entries.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (entries.get(middle).stamp().isAfter(stamp)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  /** The last command that wrote; null if there is none. */
  Stamp last() {
    Stamp written = entries.isEmpty() ? null : entries.get(entries.size() - 1).stamp();
    boolean isLater = base == null || (written != null && written.isAfter(base.stamp()));
    return isLater ? written : base.stamp();
  }

  /** The last command on this key alone that is later; null if there is none. */
  LaterOp lastRunAfter(Stamp stamp) {
    for (int i = entries.size() - 1; i >= 0 && entries.get(i).stamp().isAfter(stamp); i--) {
      if (isAlone(entries.get(i).op())) {
        return entries.get(i).again();
      }
    }
    return null;
  }

  boolean hasWriteOf(Predicate<StreamId> origin) {
    return entries.stream().anyMatch(entry -> origin.test(entry.stamp().origin()));
  }

  boolean hasUncoveredBy(StateBase state) {
    return entries.stream().anyMatch(entry -> !state.covers(entry.stamp()));
  }

  void forgetBefore(Stamp stamp) {
    remove(firstAfter(stamp), entry -> stamp.isAfter(entry.stamp()));
  }

  /** The key was removed: of some types only what that had seen ends. */
  void remove(Sight removal, Predicate<ValueType> observed) {
    remove(
        entries.size(),
        entry ->
            observed.test(OpaqueTraits.type(entry.op()))
                ? removal.covers(entry.stamp())
                : removal.stamp().isAfter(entry.stamp()));
  }

  void forget(StreamId origin, long upto) {
    boolean isFurther = upto > covered.getOrDefault(origin, -1L);
    if (isFurther || isNew) {
      isNew = false;
      covered.merge(origin, upto, Math::max);
      forgetCovered();
    }
    if (base != null && ElementWindow.isCovered(base.stamp(), origin, upto)) {
      base = null;
    }
  }

  private boolean isCovered(Stamp stamp) {
    return stamp.offset() <= covered(stamp.origin());
  }

  private long covered(StreamId origin) {
    return covered.getOrDefault(origin, -1L);
  }

  /**
   * What stands behind something that is not everywhere is kept as long as that: what an earlier
   * command adds may be added again, and what a later one took has to go again then.
   */
  private void forgetCovered() {
    int end = 0;
    while (end < entries.size() && isCovered(entries.get(end).stamp())) {
      end++;
    }
    if (end > 0) {
      List<OpaqueEntry> old = entries.subList(0, end);
      remove(end, ListMerge.toForget(old, takers(), takers().firstBehind(this::covered))::contains);
    }
  }

  private void remove(int end, Predicate<OpaqueEntry> condition) {
    entries
        .subList(0, end)
        .removeIf(
            entry -> {
              boolean goes = condition.test(entry);
              if (goes) {
                removed(entry);
              }
              return goes;
            });
  }

  private void removed(OpaqueEntry entry) {
    places.remove(Place.of(entry.stamp()));
    tied -= isAlone(entry.op()) ? 0 : 1;
    if (takers != null) {
      takers.remove(entry);
    }
  }

  boolean holds(StreamId origin, long offset) {
    Place place = new Place(origin, offset);
    return places.contains(place) || (base != null && place.equals(Place.of(base.stamp())));
  }

  boolean isEmpty() {
    return base == null && entries.isEmpty();
  }
}
