package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A list.
 *
 * @param items head first
 */
record ListValue(List<String> items) implements Value {
  ListValue() {
    this(new ArrayList<>());
  }

  @Override
  public String type() {
    return "list";
  }

  @Override
  public boolean isEmpty() {
    return items.isEmpty();
  }

  @Override
  public Value copy() {
    return new ListValue(new ArrayList<>(items));
  }

  @Override
  public List<String> parts() {
    return List.copyOf(items);
  }
}
