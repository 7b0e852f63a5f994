package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.MergePolicy;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.StoreTraits;
import io.norn.command.StreamElement;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Recent operations on a key for which the order of stamps does not decide everything. */
final class PolicyKeyWindow extends KeyWindow {
  private static final Comparator<LaterOp> LAST = Comparator.comparing(LaterOp::stamp);
  private static final Comparator<LaterOp> LONGEST =
      Comparator.comparingLong((LaterOp each) -> millis(each.op())).thenComparing(LAST);

  /** Collections: what is in them was put there one by one. */
  private static final Set<ValueType> OBSERVED =
      Set.of(
          ValueType.NONE,
          ValueType.HASH,
          ValueType.SET,
          ValueType.ZSET,
          ValueType.LIST,
          ValueType.STREAM);

  private final DbKey key;
  private final MergePolicy policy;
  private final boolean isObserved;

  /** In the order in which they came, those that are in everywhere included. */
  private final List<Sight> removals = new ArrayList<>(1);

  private final Set<Sight> covered = new LinkedHashSet<>(1);

  /** Of a stream those that no removal had seen. */
  private final AddedEntries entries = new AddedEntries();

  /** Up to where what came from a stream may be forgotten, but not yet. */
  private final Map<Part, Long> delayed = new HashMap<>(1);

  /** What came from one stream: of an element, or of the whole key for null. */
  private record Part(Element element, StreamId origin) {}

  /** An empty one, of the kind that the key needs. */
  static KeyWindow newFor(DbKey key, MergePolicy policy) {
    return policy.isSpecial(key) ? new PolicyKeyWindow(key, policy) : new KeyWindow();
  }

  /** One that knows of nothing but a whole-key operation, if that is not null. */
  static KeyWindow of(DbKey key, MergePolicy policy, WholeOp whole) {
    KeyWindow window = newFor(key, policy);
    if (whole != null) {
      window.addWhole(whole);
    }
    return window;
  }

  /** True if more is to be remembered of an operation than that it replaced or removed its key. */
  static boolean isFor(Op whole, MergePolicy policy) {
    return whole instanceof Op.Replace replace
        ? policy.has(MergePolicy.Option.LONGEST_EXPIRY) && replace.expiry().isPresent()
        : policy.isObserved(whole.keys().get(0));
  }

  private PolicyKeyWindow(DbKey key, MergePolicy policy) {
    this.key = key;
    this.policy = policy;
    this.isObserved = policy.isObserved(key);
  }

  @Override
  KeyWindow fresh() {
    PolicyKeyWindow fresh = new PolicyKeyWindow(key, policy);
    fresh.removals.addAll(removals);
    fresh.entries.addAll(entries);
    return fresh;
  }

  @Override
  List<Sight> removals() {
    return removals;
  }

  @Override
  ElementHistory historyOf(Element element) {
    if (element.isExpiry()) {
      return new ObservedElement(
          this, policy.has(MergePolicy.Option.LONGEST_EXPIRY) ? LONGEST : LAST);
    }
    return isObserved && isObserved(element)
        ? new ObservedElement(this, LAST)
        : new ElementWindow();
  }

  /** Of a stream only the entries: its groups are one with the order of stamps. */
  private static boolean isObserved(Element element) {
    return OBSERVED.contains(element.type())
        && (element.type() != ValueType.STREAM
            || StreamElement.kind(element) == StreamElement.Kind.ENTRY);
  }

  /** A key that is persistent lives longest. */
  private static long millis(ElementOp expiry) {
    return expiry instanceof ElementOp.Put put
        ? Text.integer(put.value()).orElse(0)
        : Long.MAX_VALUE;
  }

  @Override
  public Stamp whole() {
    Stamp latest = super.whole();
    for (Sight removal : removals) {
      latest = latest == null || removal.stamp().isAfter(latest) ? removal.stamp() : latest;
    }
    return latest;
  }

  /** When it was last replaced, or removed whatever had been seen; null if not remembered. */
  Stamp replaced() {
    return super.whole();
  }

  @Override
  public boolean isPast(Stamp stamp, Op op) {
    if (isReplacedAfter(stamp)) {
      return true;
    }
    if (op instanceof Op.Delete || StoreTraits.replaces(op)) {
      return false;
    }
    if (op instanceof Op.Elements elements) {
      return !OBSERVED.contains(elements.type()) && isRemovedAfter(stamp);
    }
    if (op instanceof Op.Opaque opaque && OBSERVED.contains(OpaqueTraits.type(opaque))) {
      return Removals.haveSeen(this, stamp);
    }
    return isRemovedAfter(stamp);
  }

  @Override
  public boolean isRemovedAfter(Stamp stamp) {
    return removals.stream().anyMatch(each -> each.stamp().isAfter(stamp));
  }

  @Override
  public Optional<List<ElementOp>> outcome(Stamp stamp, VersionVector seen, ElementOp op) {
    if (!isObserved(op.element()) && isRemovedAfter(stamp)) {
      return Optional.of(List.of());
    }
    ElementHistory known = elements().get(op.element());
    return (known == null ? historyOf(op.element()) : known).outcome(stamp, seen, op);
  }

  @Override
  boolean add(Stamp stamp, VersionVector seen, ElementOp op) {
    if (isReplacedAfter(stamp) || (!isObserved(op.element()) && isRemovedAfter(stamp))) {
      return false;
    }
    if (isObserved && isObserved(op.element()) && isEndedByType(op.element(), stamp)) {
      return false;
    }
    if (isObserved && !Removals.haveSeen(this, stamp)) {
      entries.add(stamp, op);
    }
    return super.add(stamp, seen, op);
  }

  @Override
  void addCreation(Stamp stamp, ValueType type) {
    if (OBSERVED.contains(type) || !isRemovedAfter(stamp)) {
      super.addCreation(stamp, type);
      elements().drop(this::isEndedByType);
    }
  }

  /**
   * True if the key became another collection later, which ended the element for good; what a
   * string ended counts again when that string is removed.
   */
  private boolean isEndedByType(Element element, Stamp stamp) {
    return !element.isExpiry()
        && types() != null
        && types().isOtherAfter(stamp, element.type(), OBSERVED::contains);
  }

  @Override
  void takeWhole(Sighted whole) {
    if (whole.op() instanceof Op.Delete && isObserved) {
      remove(new Sight(whole.stamp(), whole.seen()));
      return;
    }
    super.takeWhole(whole);
    if (whole.op() instanceof Op.Replace replace
        && !isRemovedAfter(whole.stamp())
        && policy.has(MergePolicy.Option.LONGEST_EXPIRY)) {
      replace
          .expiry()
          .ifPresent(
              expiry ->
                  add(whole.stamp(), whole.seen(), new ElementOp.Put(Element.EXPIRY, expiry)));
    }
  }

  private void remove(Sight removal) {
    if (isReplacedAfter(removal.stamp())) {
      return;
    }
    removals.add(removal);
    entries.endedBy(removal::covers);
    elements()
        .change(
            each -> {
              if (each instanceof ObservedElement observed) {
                observed.prune();
              } else {
                each.forgetBefore(removal.stamp());
              }
            });
    if (opaques() != null) {
      opaques().remove(removal, type -> OBSERVED.contains(type));
    }
    if (types() != null) {
      types().remove(removal.stamp(), type -> !OBSERVED.contains(type));
    }
    compact();
  }

  /** One that a later removal took away still took away what was before it. */
  @Override
  void addReplacement(Stamp stamp, ValueType type) {
    if (isRemovedAfter(stamp)) {
      addRemoval(stamp);
    } else {
      endBefore(stamp);
      super.addReplacement(stamp, type);
    }
  }

  /** The key was replaced: what was removed from it before, and added, counts no more. */
  private void endBefore(Stamp stamp) {
    removals.removeIf(each -> stamp.isAfter(each.stamp()));
    entries.endedBy(stamp::isAfter);
  }

  @Override
  void addStore(Stamp stamp, ValueType type) {
    if (isRemovedAfter(stamp)) {
      addRemoval(stamp);
    } else {
      endBefore(stamp);
      super.addStore(stamp, type);
    }
  }

  @Override
  void addRemoval(Stamp stamp) {
    endBefore(stamp);
    super.addRemoval(stamp);
  }

  @Override
  public boolean keepsExpiryOf(Stamp stamp) {
    return removals.isEmpty()
        ? super.keepsExpiryOf(stamp)
        : types() == null || !types().isChangedAfter(stamp);
  }

  /** What lives on after a removal keeps a time to live that lives on too, whichever is older. */
  @Override
  public Stamp expiriesFrom(Sighted creation) {
    return removals.isEmpty() || !OBSERVED.contains(creation.type())
        ? creation.stamp()
        : Stamp.FIRST;
  }

  @Override
  public Optional<LaterOp> expiryBehind(Stamp stamp) {
    return Optional.ofNullable(overwriteOf(Element.EXPIRY))
        .filter(each -> each.stamp().isAfter(stamp));
  }

  /** Behind a removal comes what it had not seen, be it older or later. */
  @Override
  public List<LaterOp> redoAfter(Stamp stamp) {
    boolean isRemoval = removals.stream().anyMatch(each -> each.stamp().equals(stamp));
    if (isRemoval) {
      return Forecast.redo(this, entries.madeFor(after(Stamp.FIRST)), Stamp.FIRST);
    }
    List<LaterOp> later = new ArrayList<>();
    if (stamp.equals(super.whole())) {
      later.addAll(removesAfter(stamp));
    }
    later.addAll(
        isLastRemoved()
            ? entries.madeFor(after(stamp))
            : EmptiedStream.madeFor(this, stamp, after(stamp)));
    return Forecast.redo(this, later, stamp);
  }

  /** True if the last that was put there was removed: then at most older entries made a stream. */
  private boolean isLastRemoved() {
    return types() != null && Removals.haveSeen(this, types().last());
  }

  /** What was removed from a value that was put in as a whole, seen or not: the last one counts. */
  private List<LaterOp> removesAfter(Stamp stamp) {
    List<LaterOp> removes = new ArrayList<>();
    for (ElementHistory each : elements().all()) {
      if (each instanceof ObservedElement observed) {
        removes.addAll(observed.removesAfter(stamp));
      }
    }
    return removes;
  }

  @Override
  List<LaterOp> uncoveredBy(StateBase state) {
    List<LaterOp> ordered = new ArrayList<>(after(Stamp.FIRST));
    ordered.removeIf(each -> elements().get(each.op().element()) instanceof ObservedElement);
    List<LaterOp> first = new ArrayList<>();
    List<LaterOp> later = new ArrayList<>(Forecast.onTopOf(state, this, ordered));
    for (ElementHistory each : elements().all()) {
      if (each instanceof ObservedElement observed) {
        observed.onTopOf(state, first, later);
      }
    }
    later.sort(LAST);
    first.addAll(later);
    return Forecast.redo(this, first, Stamp.FIRST);
  }

  /**
   * A removal of an own client that is not in everywhere may have to be executed once more: until
   * then what it had not seen is remembered, though it may be in everywhere.
   */
  @Override
  void forget(Element element, StreamId origin, long upto) {
    if (element == null) {
      removals.stream()
          .filter(each -> ElementWindow.isCovered(each.stamp(), origin, upto))
          .forEach(covered::add);
    }
    delayed.merge(new Part(element, origin), upto, Math::max);
    if (covered.containsAll(removals)) {
      Map<Part, Long> due = Map.copyOf(delayed);
      delayed.clear();
      due.forEach((part, end) -> super.forget(part.element(), part.origin(), end));
      due.forEach((part, end) -> entries.forget(part.origin(), end));
    }
  }

  @Override
  void compact() {
    super.compact();
    delayed.keySet().removeIf(part -> part.element() != null && isNothing(part.element()));
    removals.removeIf(each -> covered.contains(each) && isRepeated(each));
    covered.retainAll(removals);
    if (!hasParts()) {
      removals.removeAll(covered);
      covered.clear();
    }
  }

  private boolean isNothing(Element element) {
    return elements().get(element) == null;
  }

  /** True if another removal ends all that this one ends. */
  private boolean isRepeated(Sight removal) {
    return removals.stream().anyMatch(each -> !each.equals(removal) && each.coversAll(removal));
  }

  @Override
  boolean holds(Element element, StreamId origin, long offset) {
    return super.holds(element, origin, offset)
        || removals.stream().anyMatch(each -> ElementWindow.isAt(each.stamp(), origin, offset));
  }

  @Override
  boolean isEmpty() {
    return super.isEmpty() && removals.isEmpty();
  }
}
