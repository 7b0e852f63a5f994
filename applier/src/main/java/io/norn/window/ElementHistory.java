package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.ElementOp;
import io.norn.stream.VersionVector;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** Recent operations on one element of a key. */
interface ElementHistory {
  /** A copy that belongs to a copy of the key. */
  ElementHistory copyFor(KeyWindow owner);

  /** False if nothing was stored, because it makes no difference any more. */
  boolean add(Stamp stamp, VersionVector seen, ElementOp op);

  /** The latest overwrite that counts; null for none. */
  LaterOp overwrite();

  /** True if the last that is remembered is that the element was removed. */
  boolean isGone();

  /** True if a later overwrite is there. */
  boolean isOverwrittenAfter(Stamp stamp);

  /**
   * What an operation that arrives comes to, where that takes more than the order of stamps.
   *
   * @return what to write, in order; empty if the order of stamps decides
   */
  default Optional<List<ElementOp>> outcome(Stamp stamp, VersionVector seen, ElementOp op) {
    return Optional.empty();
  }

  /** True if a later modification and this one give another result in the other order. */
  boolean clashesAfter(Stamp stamp, ElementOp op);

  /** Later operations that still count. */
  void eachAfter(Stamp stamp, Consumer<LaterOp> out);

  /** Those of them that depend on what was there. */
  void eachModifierAfter(Stamp stamp, Consumer<LaterOp> out);

  /** The key was replaced as a whole. */
  void forgetBefore(Stamp stamp);

  /** Operations of a stream up to an offset are in at every node. */
  void forget(StreamId origin, long upto);

  /** False if there is one that {@link #eachAfter} does not tell, and that the state lacks. */
  default boolean isAllIn(StateBase state, boolean withExpiry) {
    return true;
  }

  boolean isEmpty();

  /** True if the operation at this place is remembered. */
  boolean holds(StreamId origin, long offset);

  /** True if one of the operations is of this node's clients. */
  boolean hasOpOf(Predicate<StreamId> origin);
}
