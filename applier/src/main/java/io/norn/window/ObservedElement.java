package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ElementOp;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Operations on one element where an overwrite ends only what its node had seen: concurrent ones
 * live on side by side, and an order chooses among their values. A removal has no value, so what is
 * concurrent with it survives.
 */
final class ObservedElement implements ElementHistory {
  private final List<Entry> entries = new ArrayList<>(2);

  /** Removals of the whole key, shared by its elements. */
  private final List<Sight> removals;

  /** Which of several values counts: the largest. */
  private final Comparator<LaterOp> preference;

  /** One operation, and whether it is in at every node. */
  private static final class Entry {
    private final Sight sight;
    private final LaterOp op;
    private boolean covered;

    Entry(Sight sight, LaterOp op) {
      this.sight = sight;
      this.op = op;
    }
  }

  ObservedElement(List<Sight> removals, Comparator<LaterOp> preference) {
    this.removals = removals;
    this.preference = preference;
  }

  @Override
  public ElementHistory copyFor(KeyWindow owner) {
    return copyUnder(owner.removals());
  }

  private ObservedElement copyUnder(List<Sight> shared) {
    ObservedElement copy = new ObservedElement(shared, preference);
    copy.entries.addAll(entries);
    return copy;
  }

  @Override
  public boolean add(Stamp stamp, VersionVector seen, ElementOp op) {
    Entry entry = new Entry(new Sight(stamp, seen), new LaterOp(stamp, op));
    int index = entries.size();
    while (index > 0 && entries.get(index - 1).sight.stamp().isAfter(stamp)) {
      index--;
    }
    entries.add(index, entry);
    prune();
    return entries.contains(entry);
  }

  /** Drops what has ended and ends nothing that a later one does not end as well. */
  void prune() {
    entries.removeIf(each -> isEnded(each) && (!each.op.op().overwrites() || isNeedless(each)));
    dropCovered();
  }

  private boolean isEnded(Entry entry) {
    Stamp stamp = entry.sight.stamp();
    return removals.stream().anyMatch(each -> each.covers(stamp))
        || entries.stream()
            .anyMatch(
                each -> each != entry && each.op.op().overwrites() && each.sight.covers(stamp));
  }

  private boolean isNeedless(Entry entry) {
    return removals.stream().anyMatch(each -> each.coversAll(entry.sight))
        || entries.stream()
            .anyMatch(
                each ->
                    each != entry
                        && each.op.op().overwrites()
                        && each.sight.coversAll(entry.sight));
  }

  private static boolean isValue(ElementOp op) {
    return op instanceof ElementOp.Put || (op.element().isExpiry() && op.overwrites());
  }

  private List<LaterOp> living() {
    return entries.stream().filter(each -> isLiving(each)).map(each -> each.op).toList();
  }

  private boolean isLiving(Entry entry) {
    return (isValue(entry.op.op()) || !entry.op.op().overwrites()) && !isEnded(entry);
  }

  /** The value that counts; null if there is none. */
  private LaterOp value() {
    return living().stream().filter(each -> isValue(each.op())).max(preference).orElse(null);
  }

  /** The value that counts and what modified it since. */
  private List<LaterOp> effect() {
    LaterOp value = value();
    Stamp from = value == null ? Stamp.FIRST : value.stamp();
    List<LaterOp> effect = new ArrayList<>();
    if (value != null) {
      effect.add(value);
    }
    living().stream()
        .filter(each -> !each.op().overwrites() && each.stamp().isAfter(from))
        .forEach(effect::add);
    return effect;
  }

  @Override
  public Optional<List<ElementOp>> outcome(Stamp stamp, VersionVector seen, ElementOp op) {
    ObservedElement next = copyUnder(removals);
    next.add(stamp, seen, op);
    List<LaterOp> before = effect();
    List<LaterOp> after = next.effect();
    boolean removes = op instanceof ElementOp.Remove && !op.element().isExpiry();
    boolean hasValue = !after.isEmpty() && isValue(after.get(0).op());
    if (after.equals(before) && (hasValue || !removes)) {
      return Optional.of(List.of());
    }
    if (!op.overwrites()) {
      return after.size() > before.size() ? Optional.empty() : Optional.of(List.of());
    }
    List<ElementOp> writes = new ArrayList<>();
    if (!hasValue) {
      writes.add(new ElementOp.Remove(op.element()));
    }
    after.forEach(each -> writes.add(each.op()));
    return Optional.of(writes);
  }

  @Override
  public LaterOp overwrite() {
    return value();
  }

  /** A value that an overwrite with this stamp does not outdo. */
  @Override
  public boolean isOverwrittenAfter(Stamp stamp) {
    LaterOp value = value();
    return value != null && value.stamp().isAfter(stamp);
  }

  @Override
  public boolean clashesAfter(Stamp stamp, ElementOp op) {
    return !op.overwrites()
        && effect().stream()
            .anyMatch(
                each ->
                    !each.op().overwrites()
                        && each.stamp().isAfter(stamp)
                        && !op.commutesWith(each.op()));
  }

  @Override
  public void eachAfter(Stamp stamp, Consumer<LaterOp> out) {
    living().stream().filter(each -> each.stamp().isAfter(stamp)).forEach(out);
  }

  @Override
  public void eachModifierAfter(Stamp stamp, Consumer<LaterOp> out) {
    effect().stream()
        .filter(each -> !each.op().overwrites() && each.stamp().isAfter(stamp))
        .forEach(out);
  }

  /** The value that counts among those for which a condition holds; null if there is none. */
  LaterOp preferred(Predicate<LaterOp> condition) {
    return living().stream().filter(condition).max(preference).orElse(null);
  }

  @Override
  public void forgetBefore(Stamp stamp) {
    entries.removeIf(each -> stamp.isAfter(each.sight.stamp()));
  }

  /** The least go first: what is preferred to them keeps them from counting again. */
  @Override
  public void forget(StreamId origin, long upto) {
    for (Entry entry : entries) {
      entry.covered |= ElementWindow.isCovered(entry.sight.stamp(), origin, upto);
    }
    dropCovered();
  }

  private void dropCovered() {
    Entry least = least();
    while (least != null && least.covered) {
      entries.remove(least);
      least = least();
    }
  }

  private Entry least() {
    return entries.stream()
        .min((left, right) -> preference.compare(left.op, right.op))
        .orElse(null);
  }

  /** Removals that a state does not hold, and then what lives on in spite of them. */
  List<LaterOp> uncoveredBy(StateBase state) {
    List<LaterOp> removes =
        entries.stream()
            .filter(each -> !isValue(each.op.op()) && each.op.op().overwrites())
            .filter(each -> !state.covers(each.sight.stamp()))
            .map(each -> each.op)
            .toList();
    List<LaterOp> later = new ArrayList<>(removes);
    living().stream()
        .filter(each -> !removes.isEmpty() || !state.covers(each.stamp()))
        .forEach(later::add);
    return later;
  }

  @Override
  public boolean isEmpty() {
    return entries.isEmpty();
  }

  @Override
  public boolean holds(StreamId origin, long offset) {
    return entries.stream()
        .anyMatch(
            each ->
                each.sight.stamp().offset() == offset
                    && each.sight.stamp().origin().equals(origin));
  }

  @Override
  public boolean hasOpOf(StreamId origin) {
    return entries.stream().anyMatch(each -> each.sight.stamp().origin().equals(origin));
  }
}
