package io.norn.sim.model;

import java.util.List;

/**
 * A string.
 *
 * @param text the bytes
 */
record StringValue(String text) implements Value {
  @Override
  public String type() {
    return "string";
  }

  @Override
  public boolean isEmpty() {
    return false;
  }

  @Override
  public Value copy() {
    return this;
  }

  @Override
  public List<String> parts() {
    return List.of(text);
  }
}
