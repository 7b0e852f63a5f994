package io.norn.merge;

import io.norn.command.DbKey;
import io.norn.stream.VersionVector;
import io.norn.window.StateBase;
import io.norn.window.Window;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tells whether this node's version vector says all that a key holds. It does not while the key
 * stands on a state of another node that had read further: others would execute the rest again on
 * top of what is published.
 */
final class ToldByVector implements Predicate<DbKey> {
  private final Window window;
  private final Inboxes inboxes;
  private final Supplier<VersionVector> applied;

  ToldByVector(Window window, Inboxes inboxes, Supplier<VersionVector> applied) {
    this.window = window;
    this.inboxes = inboxes;
    this.applied = applied;
  }

  /** Of streams that are not read here nothing more will come. */
  @Override
  public boolean test(DbKey key) {
    StateBase base = StateBase.of(window.of(key));
    return base == null
        || base.seen().entries().entrySet().stream()
            .filter(entry -> inboxes.get(entry.getKey()) != null)
            .allMatch(entry -> applied.get().covers(entry.getKey(), entry.getValue().offset()));
  }
}
