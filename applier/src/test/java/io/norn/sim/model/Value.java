package io.norn.sim.model;

import java.util.List;

/** What a key holds. */
sealed interface Value
    permits StringValue, HashValue, SetValue, SortedSetValue, ListValue, StreamValue {
  /** The name that TYPE answers. */
  String type();

  /** Whether the key vanishes because nothing is left in it. */
  boolean isEmpty();

  /** An independent copy. */
  Value copy();

  /** The content in an order that does not depend on history. */
  List<String> parts();
}
