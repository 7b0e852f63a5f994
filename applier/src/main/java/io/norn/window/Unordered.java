package io.norn.window;

import io.norn.clock.Stamp;
import io.norn.clock.StreamId;
import io.norn.command.DbKey;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Keys whose value here may not be what all nodes will have, until a node publishes its state. A
 * function of the own stream, but for what a server refused.
 */
public final class Unordered {
  private final Map<DbKey, Case> cases = new LinkedHashMap<>();

  /** Why a key is not settled. */
  public enum Kind {
    /** Operations were executed here in another order than that of their stamps. */
    LATE,
    /** Another node has lost what is here. */
    HOLDS,
    /** Here something is missing that the owner has. */
    LACKS,
    /** Here a value was chosen before all nodes knew each other; others may choose otherwise. */
    CHOSEN
  }

  /**
   * A key that is not settled.
   *
   * @param kind why
   * @param cause the operation that came late, or that is missing
   * @param owner whose state is wanted most
   */
  public record Case(Kind kind, Stamp cause, StreamId owner) {}

  /** What is missing here outweighs everything else: then the own state must not spread. */
  public void note(DbKey key, Case unsettled) {
    Case known = cases.get(key);
    if (known == null || known.kind() != Kind.LACKS || unsettled.kind() == Kind.LACKS) {
      cases.put(key, unsettled);
    }
  }

  /** One of several values was chosen here: all are to have it. */
  public void choose(DbKey key, StreamId own) {
    note(key, new Case(Kind.CHOSEN, Stamp.FIRST, own));
  }

  /** The key stands on a state that was just published. */
  void settle(DbKey key, StateBase state) {
    Case known = cases.get(key);
    if (known != null && (known.kind() != Kind.LACKS || state.covers(known.cause()))) {
      cases.remove(key);
    }
  }

  /**
   * The key was replaced as a whole, and what came later was executed again. That this very
   * operation failed here is known before it is seen.
   */
  void settle(DbKey key, Stamp replaced) {
    Case known = cases.get(key);
    if (known != null && (known.kind() != Kind.LACKS || replaced.isAfter(known.cause()))) {
      cases.remove(key);
    }
  }

  public Map<DbKey, Case> cases() {
    return cases;
  }

  boolean isEmpty() {
    return cases.isEmpty();
  }
}
