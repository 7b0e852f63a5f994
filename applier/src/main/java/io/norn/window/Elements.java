package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/** What is remembered of the elements of a key. Without memory of its own while there is none. */
final class Elements {
  private Map<Element, ElementHistory> histories = Map.of();

  ElementHistory get(Element element) {
    return histories.get(element);
  }

  ElementHistory getOrMake(Element element, Function<Element, ElementHistory> maker) {
    if (histories.isEmpty()) {
      histories = new LinkedHashMap<>(4);
    }
    return histories.computeIfAbsent(element, maker);
  }

  Collection<ElementHistory> all() {
    return histories.values();
  }

  void copyTo(KeyWindow owner, Elements target) {
    if (!histories.isEmpty()) {
      target.histories = new LinkedHashMap<>();
      histories.forEach((element, each) -> target.histories.put(element, each.copyFor(owner)));
    }
  }

  boolean isEmpty() {
    return histories.isEmpty();
  }

  boolean hasOnly(Predicate<Element> expected) {
    return histories.keySet().stream().allMatch(expected);
  }

  boolean isOverwrittenAfter(Stamp stamp, Element element) {
    ElementHistory history = histories.get(element);
    return (history != null && history.isOverwrittenAfter(stamp))
        || (element.isBit() && isOverwrittenAfter(stamp, Element.STRING_VALUE));
  }

  /** Operations of one element, in stamp order. */
  List<LaterOp> of(Element element, BiConsumer<ElementHistory, Consumer<LaterOp>> which) {
    ElementHistory history = histories.get(element);
    if (history == null) {
      return List.of();
    }
    List<LaterOp> ops = new ArrayList<>(1);
    which.accept(history, ops::add);
    ops.sort(Comparator.comparing(LaterOp::stamp));
    return ops;
  }

  /** Later operations, in no order. */
  List<LaterOp> after(Stamp stamp) {
    List<LaterOp> later = new ArrayList<>();
    histories.values().forEach(each -> each.eachAfter(stamp, later::add));
    return later;
  }

  List<LaterOp> modifiersAfter(Stamp stamp, Element element) {
    List<LaterOp> later = Bits.modifiersAfter(histories, stamp, element);
    later.sort(Comparator.comparing(LaterOp::stamp));
    return later;
  }

  /** True of a bit that an overwrite of the whole value ended; such an overwrite ends all older. */
  boolean isBitGone(Stamp stamp, ElementOp op) {
    if (op.overwrites() && op.element().equals(Element.STRING_VALUE)) {
      forgetBitsBefore(stamp);
    }
    return op.element().isBit() && isOverwrittenAfter(stamp, Element.STRING_VALUE);
  }

  private void forgetBitsBefore(Stamp stamp) {
    if (!histories.isEmpty()) {
      Bits.of(histories).forEach(bit -> bit.forgetBefore(stamp));
      histories.values().removeIf(ElementHistory::isEmpty);
    }
  }

  /** Does something that may leave histories empty, and drops those. */
  void change(Consumer<ElementHistory> action) {
    if (!histories.isEmpty()) {
      histories.values().forEach(action);
      histories.values().removeIf(ElementHistory::isEmpty);
    }
  }

  /** Drops single operations that live on side by side with others. */
  void drop(BiPredicate<Element, Stamp> which) {
    if (!histories.isEmpty()) {
      histories.forEach(
          (element, each) -> {
            if (each instanceof ObservedElement observed) {
              observed.drop(stamp -> which.test(element, stamp));
            }
          });
      histories.values().removeIf(ElementHistory::isEmpty);
    }
  }

  /** Forgets of one element what came from a stream up to an offset. */
  void forget(Element element, StreamId origin, long upto) {
    ElementHistory history = histories.get(element);
    if (history != null) {
      history.forget(origin, upto);
      if (history.isEmpty()) {
        histories.remove(element);
      }
    }
  }
}
