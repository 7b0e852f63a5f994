package io.norn.window;

import io.norn.command.Bytes;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Which equal elements, taken of a list by the commands of two streams, are one and the same: of
 * those taken at the same time, the first ones that have no pair yet. Each stream has seen ever
 * more of the other, so the pairs are the same whichever of the two is asked, and later commands do
 * not change them.
 */
final class Pairs {
  private final Bytes element;
  private final List<OpaqueEntry> one;
  private final List<OpaqueEntry> other;
  private int nextOfOne;
  private int nextOfOther;

  /** How many elements of the next commands have a pair. */
  private int pairedOfOne;

  private int pairedOfOther;

  /**
   * Those of two streams.
   *
   * @param one commands that took the element, in the order of their stream
   * @param other as well
   */
  Pairs(Bytes element, List<OpaqueEntry> one, List<OpaqueEntry> other) {
    this.element = element;
    this.one = one;
    this.other = other;
  }

  private enum Step {
    LEAVE_ONE,
    LEAVE_OTHER,
    PAIR
  }

  /** How many elements of the last command of the first stream are such of the other one. */
  int ofLast() {
    int paired = 0;
    while (nextOfOne < one.size() && nextOfOther < other.size()) {
      boolean isLast = nextOfOne == one.size() - 1;
      int found = go(step());
      paired += isLast ? found : 0;
    }
    return paired;
  }

  /**
   * Tells the commands of both streams that have to stay, if only some may go: a pair goes
   * together, and nothing goes before what stands earlier.
   */
  void eachToStay(Predicate<OpaqueEntry> mayGo, Consumer<OpaqueEntry> stays) {
    int goneOfOne = 0;
    int goneOfOther = 0;
    while ((nextOfOne < one.size() || nextOfOther < other.size()) && mayGo(step(), mayGo)) {
      go(step());
      if (pairedOfOne == 0 && pairedOfOther == 0) {
        goneOfOne = nextOfOne;
        goneOfOther = nextOfOther;
      }
    }
    one.subList(goneOfOne, one.size()).forEach(stays);
    other.subList(goneOfOther, other.size()).forEach(stays);
  }

  private Step step() {
    if (nextOfOne == one.size()) {
      return Step.LEAVE_OTHER;
    }
    if (nextOfOther == other.size()) {
      return Step.LEAVE_ONE;
    }
    OpaqueEntry first = one.get(nextOfOne);
    OpaqueEntry second = other.get(nextOfOther);
    if (first.hasSeen(second.stamp())) {
      return Step.LEAVE_OTHER;
    }
    return second.hasSeen(first.stamp()) ? Step.LEAVE_ONE : Step.PAIR;
  }

  private boolean mayGo(Step step, Predicate<OpaqueEntry> condition) {
    return (step == Step.LEAVE_OTHER || condition.test(one.get(nextOfOne)))
        && (step == Step.LEAVE_ONE || condition.test(other.get(nextOfOther)));
  }

  /** Returns how many pairs were found. */
  private int go(Step step) {
    int pairs = 0;
    if (step == Step.PAIR) {
      pairs =
          Math.min(
              one.get(nextOfOne).taken(element) - pairedOfOne,
              other.get(nextOfOther).taken(element) - pairedOfOther);
      pairedOfOne += pairs;
      pairedOfOther += pairs;
    }
    if (step == Step.LEAVE_ONE
        || (step == Step.PAIR && pairedOfOne == one.get(nextOfOne).taken(element))) {
      nextOfOne++;
      pairedOfOne = 0;
    }
    if (step == Step.LEAVE_OTHER
        || (step == Step.PAIR && pairedOfOther == other.get(nextOfOther).taken(element))) {
      nextOfOther++;
      pairedOfOther = 0;
    }
    return pairs;
  }
}
