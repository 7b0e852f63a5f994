package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import io.norn.command.ValueType;
import io.norn.stream.VersionVector;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Recent operations on one key. What a later overwrite makes meaningless is dropped at once, so
 * that no entry outlives its overwriter.
 */
public final class KeyWindow {
  /** For keys that nothing is remembered of. */
  static final KeyWindow NOTHING = new KeyWindow();

  private Stamp whole;
  private Map<Element, ElementWindow> elements;
  private List<Stamp> emptiers;

  /** The latest operation that replaced or removed the whole key; null if none is remembered. */
  public Stamp whole() {
    return whole;
  }

  /** True if the whole key was replaced or removed later. */
  public boolean isReplacedAfter(Stamp stamp) {
    return whole != null && whole.isAfter(stamp);
  }

  /** True if the element was overwritten later, the whole key not considered. */
  public boolean isOverwrittenAfter(Stamp stamp, Element element) {
    ElementWindow window = elements == null ? null : elements.get(element);
    return window != null && window.isOverwrittenAfter(stamp);
  }

  /** Later operations on elements, in stamp order. */
  public List<LaterOp> after(Stamp stamp) {
    if (elements == null) {
      return List.of();
    }
    List<LaterOp> later = new ArrayList<>();
    elements.values().forEach(window -> window.eachAfter(stamp, later::add));
    later.sort(Comparator.comparing(LaterOp::stamp));
    return later;
  }

  /** Later operations on one element that depend on what was there, in stamp order. */
  public List<LaterOp> modifiersAfter(Stamp stamp, Element element) {
    ElementWindow window = elements == null ? null : elements.get(element);
    if (window == null) {
      return List.of();
    }
    List<LaterOp> later = new ArrayList<>();
    window.eachModifierAfter(stamp, later::add);
    later.sort(Comparator.comparing(LaterOp::stamp));
    return later;
  }

  /**
   * True if elements were removed by an operation that is concurrent with one that had seen this
   * vector: the key may have been empty in between, and lost its time to live.
   */
  public boolean mayHaveBeenEmptied(Stamp concurrentWith, VersionVector seen) {
    if (emptiers == null) {
      return false;
    }
    return emptiers.stream()
        .anyMatch(
            stamp ->
                !stamp.origin().equals(concurrentWith.origin())
                    && !seen.covers(stamp.origin(), stamp.offset()));
  }

  /** True if any operation on the element is remembered. */
  public boolean touches(Element element) {
    return elements != null && elements.containsKey(element);
  }

  /** True if an operation on elements of another type is remembered. */
  public boolean hasOtherTypeThan(ValueType type) {
    return elements != null
        && elements.keySet().stream().anyMatch(e -> !e.isExpiry() && e.type() != type);
  }

  boolean hasElementOf(StreamId origin) {
    return elements != null
        && elements.values().stream().anyMatch(window -> window.hasOpOf(origin));
  }

  void addWhole(Stamp stamp) {
    if (isReplacedAfter(stamp)) {
      return;
    }
    whole = stamp;
    if (elements != null) {
      elements.values().forEach(window -> window.forgetBefore(stamp));
    }
    if (emptiers != null) {
      emptiers.removeIf(stamp::isAfter);
    }
    compact();
  }

  /** False if nothing was stored, because it is overwritten. */
  boolean add(Stamp stamp, ElementOp op) {
    if (isReplacedAfter(stamp)) {
      return false;
    }
    if (elements == null) {
      elements = new LinkedHashMap<>(4);
    }
    return elements.computeIfAbsent(op.element(), e -> new ElementWindow()).add(stamp, op);
  }

  void addEmptier(Stamp stamp) {
    if (!isReplacedAfter(stamp)) {
      if (emptiers == null) {
        emptiers = new ArrayList<>(1);
      }
      emptiers.add(stamp);
    }
  }

  /**
   * Drops what came from a stream up to an offset: of one element, or of the key as a whole if the
   * element is null.
   */
  void forget(Element element, StreamId origin, long upto) {
    if (element == null) {
      if (whole != null && ElementWindow.isCovered(whole, origin, upto)) {
        whole = null;
      }
      if (emptiers != null) {
        emptiers.removeIf(stamp -> ElementWindow.isCovered(stamp, origin, upto));
      }
    } else if (elements != null && elements.get(element) != null) {
      elements.get(element).forget(origin, upto);
      if (elements.get(element).isEmpty()) {
        elements.remove(element);
      }
    }
    compact();
  }

  /** True if the entry that was stored for an operation is still there. */
  boolean holds(Element element, StreamId origin, long offset) {
    if (element != null) {
      return elements != null
          && elements.get(element) != null
          && elements.get(element).holds(origin, offset);
    }
    Stamp stamp = whole;
    boolean isWhole = stamp != null && stamp.offset() == offset && stamp.origin().equals(origin);
    return isWhole
        || (emptiers != null
            && emptiers.stream().anyMatch(e -> e.offset() == offset && e.origin().equals(origin)));
  }

  boolean isEmpty() {
    return whole == null && elements == null && emptiers == null;
  }

  int size() {
    return (whole == null ? 0 : 1) + (elements == null ? 0 : elements.size());
  }

  private void compact() {
    if (elements != null) {
      elements.values().removeIf(ElementWindow::isEmpty);
      elements = elements.isEmpty() ? null : elements;
    }
    if (emptiers != null && emptiers.isEmpty()) {
      emptiers = null;
    }
  }
}
