package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.Op;
import io.norn.command.OpaqueTraits;
import io.norn.command.StoreTraits;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Recent operations on one key. What a later overwrite makes meaningless is dropped at once, so
 * that no entry outlives its overwriter.
 */
public class KeyWindow {
  /** For keys that nothing is remembered of. */
  static final KeyWindow NOTHING = new KeyWindow();

  private Stamp whole;

  /** First operation since {@link #whole} after which the key existed; null for none. */
  private Stamp revived;

  private TypeRuns types;

  /** What happened before this is known in outline only. */
  private Stamp blurredUpto;

  /** Then it left nothing perhaps, or a value of a type that is not known. */
  private boolean isStored;

  /** Then it is kept only for what came later and is not forgotten. */
  private boolean isWholeCovered;

  private final Elements elements = new Elements();
  private final Emptiers emptiers = new Emptiers();
  private OpaqueLog opaques;

  /** The latest operation that replaced or removed the whole key; null if none is remembered. */
  public Stamp whole() {
    return whole;
  }

  /** True if the whole key was replaced or removed later. */
  public boolean isReplacedAfter(Stamp stamp) {
    return whole != null && whole.isAfter(stamp);
  }

  /** True if a later removal ended it, but not all that was put there by then. */
  public boolean isRemovedAfter(Stamp stamp) {
    return false;
  }

  /** True if the operation changes nothing any more, because the whole key was replaced later. */
  public boolean isPast(Stamp stamp, Op op) {
    return isReplacedAfter(stamp);
  }

  /** What an operation on an element comes to; empty if the order of stamps decides. */
  public Optional<List<ElementOp>> outcome(Stamp stamp, VersionVector seen, ElementOp op) {
    return Optional.empty();
  }

  /** True if the element was overwritten later, the whole key not considered. */
  public boolean isOverwrittenAfter(Stamp stamp, Element element) {
    return elements.isOverwrittenAfter(stamp, element);
  }

  /** True if {@link #whole} removed the key. */
  public boolean isRemoved() {
    return whole != null && !whole.equals(revived);
  }

  /** The latest operation that overwrote the element; null if none is remembered. */
  public LaterOp overwriteOf(Element element) {
    ElementHistory history = elements.get(element);
    return history == null ? null : history.overwrite();
  }

  /** True if an operation on a part of the key is remembered. */
  public boolean hasParts() {
    return !elements.isEmpty() || opaques != null;
  }

  /** Opaque commands on the key; null if none is remembered. */
  OpaqueLog opaques() {
    return opaques;
  }

  Elements elements() {
    return elements;
  }

  /** Null if none is remembered. */
  TypeRuns types() {
    return types;
  }

  OpaqueLog opaquesToAddTo() {
    opaques = opaques == null ? new OpaqueLog() : opaques;
    return opaques;
  }

  void addOpaque(Stamp stamp, Op.Opaque op) {
    if (StoreTraits.stores(op)) {
      addStore(stamp, StoreTraits.type(op));
      return;
    }
    opaquesToAddTo().addWrite(stamp, op);
    ValueType type = OpaqueTraits.type(op);
    if (OpaqueTraits.creates(op) && type != ValueType.OTHER) {
      addCreation(stamp, type);
    }
  }

  void addStore(Stamp stamp, ValueType type) {
    if (addWhole(stamp)) {
      isStored = true;
      revived = stamp;
      if (type != ValueType.OTHER) {
        addCreation(stamp, type);
      }
    }
  }

  /** True if the key stands on a published state that holds the effect of this operation. */
  public boolean isInState(Stamp stamp) {
    return opaques != null && opaques.covers(stamp);
  }

  /** Later operations on parts of the key, in stamp order. */
  public List<LaterOp> after(Stamp stamp) {
    if (!hasParts()) {
      return List.of();
    }
    List<LaterOp> later = elements.after(stamp);
    if (opaques != null) {
      opaques.eachRunAfter(stamp, later::add);
    }
    later.sort(Comparator.comparing(LaterOp::stamp));
    return later;
  }

  /** True if something later is remembered than this; times to live have no part in the order. */
  public boolean isTouchedAfter(Stamp stamp) {
    return Forecast.isTouchedAfter(this, stamp);
  }

  /** True if a later operation on the same element and this one do not commute. */
  public boolean clashesAfter(Stamp stamp, ElementOp op) {
    ElementHistory window = elements.get(op.element());
    return window != null && window.clashesAfter(stamp, op);
  }

  /** Later times to live. */
  public List<LaterOp> expiriesAfter(Stamp stamp) {
    return elements.of(Element.EXPIRY, (each, out) -> each.eachAfter(stamp, out));
  }

  /** Later operations on one element that depend on what was there, in stamp order. */
  public List<LaterOp> modifiersAfter(Stamp stamp, Element element) {
    return elements.modifiersAfter(stamp, element);
  }

  /** True if something that the state does not hold left a value of another type. */
  boolean isOfOtherTypeThan(StateBase state) {
    return types != null && !state.isAbsent() && types.isOtherThan(state);
  }

  /** True if a later operation left a value of another type. */
  public boolean isOtherTypeAfter(Stamp stamp, ValueType type) {
    return types != null && types.isOtherAfter(stamp, type);
  }

  /**
   * False if a time to live that was set at this stamp had no key to be set on, or went with a
   * later change of the key's type. Whether the key was emptied is not asked here.
   */
  public boolean keepsExpiryOf(Stamp stamp) {
    boolean existed = whole == null || (revived != null && !revived.isAfter(stamp));
    return existed && (types == null || !types.isChangedAfter(stamp));
  }

  /** From when on times to live count for what is created here. */
  public Stamp expiriesFrom(Sighted creation) {
    return creation.stamp();
  }

  /** The time to live that counts, if it was set later than this and found a key. */
  public Optional<LaterOp> expiryBehind(Stamp stamp) {
    return expiriesAfter(stamp).stream().filter(each -> keepsExpiryOf(each.stamp())).findAny();
  }

  /** As it will be when some more operations on the key have been executed. */
  public KeyWindow with(Collection<Sighted> operations) {
    KeyWindow next = copy();
    operations.forEach(each -> Forecast.take(next, each));
    return next;
  }

  /** As it will be when everything older is gone. */
  public KeyWindow flushedAt(Stamp stamp) {
    KeyWindow next = with(List.of());
    next.addRemoval(stamp);
    return next;
  }

  /** Later operations as they must be executed again after one that is in the window. */
  public List<LaterOp> redoAfter(Stamp stamp) {
    return Forecast.redo(this, EmptiedStream.madeFor(this, stamp, after(stamp)), stamp);
  }

  /** Of what a published state does not hold, those that are to be executed on top of it. */
  List<LaterOp> uncoveredBy(StateBase state) {
    return Forecast.onTopOf(state, this);
  }

  KeyWindow fresh() {
    return new KeyWindow();
  }

  ElementHistory historyOf(Element element) {
    return new ElementWindow();
  }

  /** Removals of the whole key that end only what they had seen. */
  List<Sight> removals() {
    return List.of();
  }

  private KeyWindow copy() {
    KeyWindow copy = fresh();
    copy.whole = whole;
    copy.isStored = isStored;
    copy.isWholeCovered = isWholeCovered;
    copy.blurredUpto = blurredUpto;
    copy.revived = revived;
    copy.types = types == null ? null : types.copy();
    copy.opaques = opaques == null ? null : opaques.copy();
    copy.emptiers.addAll(emptiers);
    elements.copyTo(copy, copy.elements);
    return copy;
  }

  /** True if a later operation left a value. */
  boolean hasCreationAfter(Stamp stamp) {
    return types != null && types.last().isAfter(stamp);
  }

  boolean hasElementOf(Predicate<StreamId> origin) {
    return (opaques != null && opaques.hasWriteOf(origin))
        || elements.all().stream().anyMatch(each -> each.hasOpOf(origin));
  }

  void addWhole(WholeOp op) {
    if (op.type() == ValueType.NONE) {
      addRemoval(op.stamp());
    } else {
      addReplacement(op.stamp(), op.type());
    }
  }

  /** Takes an operation that replaced or removed the key. */
  void takeWhole(Sighted whole) {
    addWhole(whole.asWhole());
  }

  void addReplacement(Stamp stamp, ValueType type) {
    if (addWhole(stamp)) {
      revived = stamp;
      addCreation(stamp, type);
    }
  }

  void addRemoval(Stamp stamp) {
    if (addWhole(stamp)) {
      revived = types == null ? null : types.first();
    }
  }

  private boolean addWhole(Stamp stamp) {
    if (isReplacedAfter(stamp)) {
      return false;
    }
    whole = stamp;
    isStored = false;
    isWholeCovered = false;
    elements.change(each -> each.forgetBefore(stamp));
    emptiers.forgetBefore(stamp);
    if (opaques != null) {
      opaques.forgetBefore(stamp);
    }
    blur(types == null ? null : types.forgetBefore(stamp));
    compact();
    return true;
  }

  /** The operation leaves a value of this type. */
  void addCreation(Stamp stamp, ValueType type) {
    if (isReplacedAfter(stamp)) {
      return;
    }
    if (revived == null || revived.isAfter(stamp)) {
      revived = stamp;
    }
    types = types == null ? new TypeRuns() : types;
    blur(types.add(stamp, type));
  }

  private void blur(Stamp upto) {
    if (upto != null && (blurredUpto == null || upto.isAfter(blurredUpto))) {
      blurredUpto = upto;
    }
  }

  /** Up to where it is not known what type the key had, or whether it was there; null if it is. */
  Stamp blurredUpto() {
    boolean isLater = isStored && types != null;
    return isLater && (blurredUpto == null || types.last().isAfter(blurredUpto))
        ? types.last()
        : blurredUpto;
  }

  /** True if after such an operation the key may have been empty. */
  boolean mayBeEmptiedBy(Predicate<Stamp> which) {
    return emptiers.any(which);
  }

  /** False if nothing was stored, because it is overwritten. */
  boolean add(Stamp stamp, VersionVector seen, ElementOp op) {
    return !isReplacedAfter(stamp)
        && !elements.isBitGone(stamp, op)
        && elements.getOrMake(op.element(), this::historyOf).add(stamp, seen, op);
  }

  void addEmptier(Stamp stamp) {
    if (!isReplacedAfter(stamp)) {
      emptiers.add(stamp);
    }
  }

  /** Drops what came from a stream up to an offset: of an element, or of the whole key for null. */
  void forget(Element element, StreamId origin, long upto) {
    if (types != null) {
      types.forget(origin, upto);
    }
    if (element == null) {
      if (whole != null && ElementWindow.isCovered(whole, origin, upto)) {
        isWholeCovered = true;
      }
      emptiers.forget(origin, upto);
      if (opaques != null) {
        opaques.forget(origin, upto);
      }
    } else {
      elements.forget(element, origin, upto);
    }
    compact();
  }

  /** True if the entry that was stored for an operation is still there. */
  boolean holds(Element element, StreamId origin, long offset) {
    if (element != null) {
      return elements.get(element) != null && elements.get(element).holds(origin, offset);
    }
    return (whole != null && ElementWindow.isAt(whole, origin, offset))
        || (types != null && types.holds(origin, offset))
        || (opaques != null && opaques.holds(origin, offset))
        || emptiers.any(each -> ElementWindow.isAt(each, origin, offset));
  }

  boolean isEmpty() {
    return whole == null && !hasParts() && emptiers.isEmpty() && types == null;
  }

  /** True if the last that is remembered of an element is that it was removed. */
  public boolean isGone(Element element) {
    ElementHistory history = elements.get(element);
    boolean isString = element.equals(Element.STRING_VALUE) && revived != null;
    boolean isThere = isString || (whole != null && whole.equals(revived));
    return history == null ? whole != null && !isThere : history.isGone();
  }

  void compact() {
    types = types == null || types.isEmpty() ? null : types;
    opaques = opaques == null || opaques.isEmpty() ? null : opaques;
    if (isWholeCovered && !hasParts()) {
      whole = null;
    }
  }
}
