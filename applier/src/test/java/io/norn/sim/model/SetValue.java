package io.norn.sim.model;

import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A set.
 *
 * @param members the members
 */
record SetValue(SortedSet<String> members) implements Value {
  SetValue() {
    this(new TreeSet<>());
  }

  @Override
  public String type() {
    return "set";
  }

  @Override
  public boolean isEmpty() {
    return members.isEmpty();
  }

  @Override
  public Value copy() {
    return new SetValue(new TreeSet<>(members));
  }

  @Override
  public List<String> parts() {
    return List.copyOf(members);
  }
}
