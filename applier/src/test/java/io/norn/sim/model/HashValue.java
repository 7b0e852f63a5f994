package io.norn.sim.model;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A hash.
 *
 * @param fields field to value
 */
record HashValue(SortedMap<String, String> fields) implements Value {
  HashValue() {
    this(new TreeMap<>());
  }

  @Override
  public String type() {
    return "hash";
  }

  @Override
  public boolean isEmpty() {
    return fields.isEmpty();
  }

  @Override
  public Value copy() {
    return new HashValue(new TreeMap<>(fields));
  }

  @Override
  public List<String> parts() {
    List<String> parts = new ArrayList<>();
    fields.forEach(
        (field, value) -> {
          parts.add(field);
          parts.add(value);
        });
    return parts;
  }
}
