package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.MergePolicy;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.StreamElement;
import io.norn.command.ValueType;
import io.norn.stream.Text;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
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

  private PolicyKeyWindow(DbKey key, MergePolicy policy) {
    this.key = key;
    this.policy = policy;
    this.isObserved = policy.isObserved(key);
  }

  @Override
  KeyWindow fresh() {
    PolicyKeyWindow fresh = new PolicyKeyWindow(key, policy);
    fresh.removals.addAll(removals);
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
          removals, policy.has(MergePolicy.Option.LONGEST_EXPIRY) ? LONGEST : LAST);
    }
    return isObserved && isObserved(element)
        ? new ObservedElement(removals, LAST)
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

  @Override
  public boolean isPast(Stamp stamp, Op op) {
    if (isReplacedAfter(stamp)) {
      return true;
    }
    if (op instanceof Op.Delete || op instanceof Op.Replace) {
      return false;
    }
    if (op instanceof Op.Elements elements) {
      return !OBSERVED.contains(elements.type()) && isRemovedAfter(stamp);
    }
    if (op instanceof Op.Opaque opaque && OBSERVED.contains(OpaqueTraits.type(opaque))) {
      return removals.stream().anyMatch(each -> each.covers(stamp));
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
    boolean isGone = !isObserved(op.element()) && isRemovedAfter(stamp);
    return !isGone && super.add(stamp, seen, op);
  }

  @Override
  void addCreation(Stamp stamp, ValueType type) {
    if (OBSERVED.contains(type) || !isRemovedAfter(stamp)) {
      super.addCreation(stamp, type);
    }
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
      removals.removeIf(each -> stamp.isAfter(each.stamp()));
      super.addReplacement(stamp, type);
    }
  }

  @Override
  void addRemoval(Stamp stamp) {
    removals.removeIf(each -> stamp.isAfter(each.stamp()));
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
  public Stamp expiriesFrom(Stamp creation) {
    return removals.isEmpty() ? creation : Stamp.FIRST;
  }

  @Override
  public Optional<LaterOp> expiryBehind(Stamp stamp) {
    if (!(elements().get(Element.EXPIRY) instanceof ObservedElement expiry)) {
      return Optional.empty();
    }
    LaterOp counts = expiry.preferred(each -> keepsExpiryOf(each.stamp()));
    return Optional.ofNullable(counts).filter(each -> each.stamp().isAfter(stamp));
  }

  /** Behind a removal comes what it had not seen, be it older or later. */
  @Override
  public List<LaterOp> redoAfter(Stamp stamp) {
    boolean isRemoval = removals.stream().anyMatch(each -> each.stamp().equals(stamp));
    Stamp from = isRemoval ? Stamp.FIRST : stamp;
    return Forecast.redo(this, EmptiedStream.madeFor(this, stamp, after(from)), from);
  }

  @Override
  List<LaterOp> uncoveredBy(StateBase state) {
    List<LaterOp> later = new ArrayList<>();
    for (ElementHistory each : elements().all()) {
      if (each instanceof ObservedElement observed) {
        later.addAll(observed.uncoveredBy(state));
      } else {
        each.eachAfter(Stamp.FIRST, later::add);
      }
    }
    if (opaques() != null) {
      opaques().eachRunAfter(Stamp.FIRST, later::add);
    }
    later.removeIf(each -> !isFirst(each) && isStale(each, state));
    later.sort(Comparator.comparing((LaterOp each) -> !isFirst(each)).thenComparing(LAST));
    return Forecast.redo(this, later, Stamp.FIRST);
  }

  private static boolean isFirst(LaterOp each) {
    return each.op() instanceof ElementOp.Remove && !each.op().element().isExpiry();
  }

  private boolean isStale(LaterOp each, StateBase state) {
    return state.covers(each.stamp())
        && !(elements().get(each.op().element()) instanceof ObservedElement);
  }

  @Override
  void forget(Element element, StreamId origin, long upto) {
    if (element == null) {
      removals.stream()
          .filter(each -> ElementWindow.isCovered(each.stamp(), origin, upto))
          .forEach(covered::add);
    }
    super.forget(element, origin, upto);
  }

  @Override
  void compact() {
    super.compact();
    if (!hasParts()) {
      removals.removeAll(covered);
      covered.clear();
    }
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
