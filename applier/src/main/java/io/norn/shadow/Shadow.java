package io.norn.shadow;

import io.norn.stream.Taken;
import java.util.List;

/** A copy of one value. Not thread-safe. */
public sealed interface Shadow permits ListShadow, SortedSetShadow {
  /** What a command took that takes nothing. */
  Taken NOTHING = new Taken(List.of(), List.of());

  /**
   * Does what a command of the stream did.
   *
   * @param name its name in upper case
   * @return what it took; null if that cannot be told, and the copy is of no use any more
   */
  Taken apply(String name, byte[][] args);

  /** True if the key is gone. */
  boolean isEmpty();

  int size();

  /** Rough size in memory. */
  long bytes();
}
