package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.command.Element;
import io.norn.command.ElementOp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Bits of strings, each with a winner of its own under what overwrites the whole value. */
final class Bits {
  private Bits() {}

  static List<ElementHistory> of(Map<Element, ElementHistory> elements) {
    return elements.entrySet().stream()
        .filter(each -> each.getKey().isBit())
        .map(Map.Entry::getValue)
        .toList();
  }

  /** What depends on a value that was there before, bits of it included. */
  static List<LaterOp> modifiersAfter(
      Map<Element, ElementHistory> elements, Stamp stamp, Element element) {
    List<LaterOp> later = new ArrayList<>(2);
    ElementHistory window = elements.get(element);
    if (window != null) {
      window.eachModifierAfter(stamp, later::add);
    }
    if (element.equals(Element.STRING_VALUE)) {
      of(elements).forEach(bit -> bit.eachAfter(stamp, later::add));
    }
    return later;
  }

  /** True if numbers were added to a string and bits were set in it in another order than here. */
  static boolean clashAfter(KeyWindow key, Stamp stamp, Collection<ElementOp> ops) {
    for (ElementOp op : ops) {
      boolean adds = op instanceof ElementOp.Add && op.element().equals(Element.STRING_VALUE);
      if ((adds || op.element().isBit())
          && key.modifiersAfter(stamp, Element.STRING_VALUE).stream()
              .anyMatch(later -> later.op().element().isBit() == adds)) {
        return true;
      }
    }
    return false;
  }
}
