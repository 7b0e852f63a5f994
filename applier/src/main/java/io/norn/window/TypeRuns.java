package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ValueType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Which types the operations on a key left, in the order of stamps: one run for all that left the
 * same type without another in between. Nearly always there is one run.
 */
final class TypeRuns {
  private final List<Run> runs = new ArrayList<>(1);

  /** What came between the first and the last is not kept. */
  private static final class Run {
    private final ValueType type;
    private Stamp first;
    private Stamp last;
    private boolean covered;

    Run(ValueType type, Stamp first, Stamp last) {
      this.type = type;
      this.first = first;
      this.last = last;
    }
  }

  TypeRuns copy() {
    TypeRuns copy = new TypeRuns();
    runs.forEach(run -> copy.runs.add(new Run(run.type, run.first, run.last)));
    return copy;
  }

  /**
   * Adds an operation.
   *
   * @return null, or up to where it is not known any more when the last type began
   */
  Stamp add(Stamp stamp, ValueType type) {
    int index = 0;
    while (index < runs.size() && stamp.isAfter(runs.get(index).last)) {
      index++;
    }
    if (index < runs.size() && stamp.isAfter(runs.get(index).first)) {
      return addInside(index, stamp, type);
    }
    addBefore(index, stamp, type);
    return null;
  }

  private Stamp addInside(int index, Stamp stamp, ValueType type) {
    Run run = runs.get(index);
    if (run.type == type) {
      return null;
    }
    runs.add(index + 1, new Run(type, stamp, stamp));
    runs.add(index + 2, new Run(run.type, stamp, run.last));
    run.last = run.first;
    return runs.get(index + 2).last;
  }

  private void addBefore(int index, Stamp stamp, ValueType type) {
    if (index > 0 && runs.get(index - 1).type == type) {
      runs.get(index - 1).last = stamp;
      runs.get(index - 1).covered = false;
    } else if (index < runs.size() && runs.get(index).type == type) {
      runs.get(index).first = stamp;
    } else {
      runs.add(index, new Run(type, stamp, stamp));
    }
  }

  /** True if a later operation left a value of another type. */
  boolean isOtherAfter(Stamp stamp, ValueType type) {
    return isOtherAfter(stamp, type, any -> true);
  }

  /** As above, where only some types count. */
  boolean isOtherAfter(Stamp stamp, ValueType type, Predicate<ValueType> which) {
    return runs.stream()
        .anyMatch(run -> run.type != type && which.test(run.type) && run.last.isAfter(stamp));
  }

  /** True if something that the state does not hold left another type. */
  boolean isOtherThan(StateBase state) {
    return runs.stream()
        .anyMatch(
            run ->
                run.type != state.type() && !(state.covers(run.first) && state.covers(run.last)));
  }

  /** True if a condition holds for all operations that are remembered. */
  boolean areIn(Predicate<Stamp> condition) {
    return runs.stream().allMatch(run -> condition.test(run.first) && condition.test(run.last));
  }

  /** True if the type that the key has in the end began later, and replaced another. */
  boolean isChangedAfter(Stamp stamp) {
    int last = runs.size() - 1;
    return last > 0
        && (runs.get(last).first.isAfter(stamp) || !stamp.isAfter(runs.get(last - 1).last));
  }

  /** The first operation that is remembered; null if there is none. */
  Stamp first() {
    return runs.isEmpty() ? null : runs.get(0).first;
  }

  /** The last operation that is remembered; there is at least one. */
  Stamp last() {
    return runs.get(runs.size() - 1).last;
  }

  /**
   * The key was replaced as a whole.
   *
   * @return null, or up to where it is not known any more when the first type began
   */
  Stamp forgetBefore(Stamp stamp) {
    runs.removeIf(run -> stamp.isAfter(run.last));
    if (runs.isEmpty() || !stamp.isAfter(runs.get(0).first)) {
      return null;
    }
    runs.get(0).first = stamp;
    return runs.get(0).last;
  }

  /** The key was removed: what it was up to then counts no more, if it was of some types. */
  void remove(Stamp stamp, Predicate<ValueType> ended) {
    runs.removeIf(run -> ended.test(run.type) && stamp.isAfter(run.last));
  }

  /** Kept until all can go: an earlier type tells what a later one replaced. */
  void forget(StreamId origin, long upto) {
    for (Run run : runs) {
      run.covered |= ElementWindow.isCovered(run.last, origin, upto);
    }
    if (runs.stream().allMatch(run -> run.covered)) {
      runs.clear();
    }
  }

  boolean holds(StreamId origin, long offset) {
    return runs.stream()
        .anyMatch(run -> run.last.offset() == offset && run.last.origin().equals(origin));
  }

  boolean isEmpty() {
    return runs.isEmpty();
  }
}
