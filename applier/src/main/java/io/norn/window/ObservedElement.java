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

  /** Knows of removals and types of the whole key. */
  private final KeyWindow key;

  /** Which of several values counts: the largest. */
  private final Comparator<LaterOp> preference;

  /** One operation, and whether it is in at every node. */
  private static final class Entry {
    private final Sight sight;
    private final LaterOp op;

    /** Of a removal: what it had seen and ended, as far as it was remembered then. */
    private final List<Stamp> ended = new ArrayList<>(0);

    private boolean covered;

    Entry(Sight sight, LaterOp op) {
      this.sight = sight;
      this.op = op;
    }
  }

  ObservedElement(KeyWindow key, Comparator<LaterOp> preference) {
    this.key = key;
    this.preference = preference;
  }

  @Override
  public ObservedElement copyFor(KeyWindow owner) {
    ObservedElement copy = new ObservedElement(owner, preference);
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
    List<Entry> ended =
        entries.stream()
            .filter(each -> isEnded(each) && (!each.op.op().overwrites() || isNeedless(each)))
            .toList();
    entries.removeAll(ended);
    ended.forEach(this::noteEnd);
    dropCovered();
  }

  private void noteEnd(Entry gone) {
    Stamp stamp = gone.sight.stamp();
    entries.stream()
        .filter(each -> isRemoval(each.op.op()) && each.sight.covers(stamp))
        .forEach(each -> each.ended.add(stamp));
  }

  private boolean isEnded(Entry entry) {
    Stamp stamp = entry.sight.stamp();
    return Removals.haveSeen(key, stamp)
        || entries.stream()
            .anyMatch(
                each -> each != entry && each.op.op().overwrites() && each.sight.covers(stamp));
  }

  private boolean isNeedless(Entry entry) {
    return key.removals().stream().anyMatch(each -> each.coversAll(entry.sight))
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

  private static boolean isRemoval(ElementOp op) {
    return op.overwrites() && !isValue(op);
  }

  private List<LaterOp> living() {
    return entries.stream().filter(each -> isLiving(each)).map(each -> each.op).toList();
  }

  private boolean isLiving(Entry entry) {
    return (isValue(entry.op.op()) || !entry.op.op().overwrites())
        && !isEnded(entry)
        && !isOfOtherType(entry.op);
  }

  /** True if the key became another type later; for as long as that counts. */
  private boolean isOfOtherType(LaterOp each) {
    return !each.op().element().isExpiry()
        && key.isOtherTypeAfter(each.stamp(), each.op().element().type());
  }

  /** True of a time to live that found no key, or went with the key's type. */
  private boolean isLost(LaterOp each) {
    return each.op().element().isExpiry() && !key.keepsExpiryOf(each.stamp());
  }

  /**
   * The value that counts; null if there is none. That a key is to be persistent leaves nothing
   * that could be written once more: while it is in doubt, a time to live that is not comes first.
   */
  private LaterOp value() {
    List<LaterOp> values =
        living().stream().filter(each -> isValue(each.op()) && !isLost(each)).toList();
    boolean anySure = values.stream().anyMatch(this::isSure);
    return values.stream()
        .filter(each -> !anySure || isSure(each) || each.op() instanceof ElementOp.Put)
        .max(preference)
        .orElse(null);
  }

  private boolean isSure(LaterOp each) {
    Stamp upto = key.blurredUpto();
    return upto == null || each.stamp().isAfter(upto);
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
    ObservedElement next = copyFor(key);
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

  @Override
  public boolean isGone() {
    return living().isEmpty();
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

  @Override
  public void forgetBefore(Stamp stamp) {
    drop(stamp::isAfter);
  }

  void drop(Predicate<Stamp> which) {
    entries.removeIf(each -> which.test(each.sight.stamp()));
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
    while (least != null && least.covered && !isSpared(least)) {
      entries.remove(least);
      least = least();
    }
  }

  /** True of what lives on in spite of a removal that may have to be executed once more. */
  private boolean isSpared(Entry entry) {
    Stamp stamp = entry.sight.stamp();
    return entries.stream()
        .anyMatch(each -> !each.covered && isRemoval(each.op.op()) && !each.sight.covers(stamp));
  }

  private Entry least() {
    return entries.stream()
        .min((left, right) -> preference.compare(left.op, right.op))
        .orElse(null);
  }

  /** Later removals of the element, though something may live on in spite of them. */
  List<LaterOp> removesAfter(Stamp stamp) {
    return entries.stream()
        .map(each -> each.op)
        .filter(each -> isRemoval(each.op()))
        .filter(each -> each.stamp().isAfter(stamp))
        .toList();
  }

  /**
   * What is to be executed on top of a state. A value that it lacks changes nothing where one
   * counts that it holds; nor does a removal that it lacks, if none of what that ended came later.
   *
   * @param first takes what makes good what the state holds of this
   * @param later takes what the state does not hold
   */
  void onTopOf(StateBase state, List<LaterOp> first, List<LaterOp> later) {
    LaterOp value = value();
    List<Entry> lacking =
        entries.stream()
            .filter(each -> each.op.op().overwrites() && !state.covers(each.sight.stamp()))
            .toList();
    if (value == null && !lacking.isEmpty()) {
      LaterOp gone = lacking.get(0).op;
      first.add(new LaterOp(gone.stamp(), new ElementOp.Remove(gone.op().element())));
    }
    boolean isHeld = value == null || state.covers(value.stamp());
    boolean isWrong = lacking.stream().anyMatch(each -> value == null || isOutdone(value, each));
    for (LaterOp each : effect()) {
      if (!isHeld || !state.covers(each.stamp())) {
        later.add(each);
      } else if (isWrong) {
        first.add(each);
      }
    }
  }

  /** True if something that the removal ended hid the value. */
  private static boolean isOutdone(LaterOp value, Entry removal) {
    return removal.ended.stream().anyMatch(each -> each.isAfter(value.stamp()));
  }

  @Override
  public boolean isAllIn(StateBase state, boolean withExpiry) {
    return entries.stream()
        .filter(each -> withExpiry || !each.op.op().element().isExpiry())
        .allMatch(each -> state.covers(each.sight.stamp()));
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
  public boolean hasOpOf(Predicate<StreamId> origin) {
    return entries.stream().anyMatch(each -> origin.test(each.sight.stamp().origin()));
  }
}
