package io.norn.contest;

import java.util.Locale;

/** Why one operation prevailed over another. */
public enum Rule {
  /** The older one came late and was not executed: the newer one replaces all of what it did. */
  SKIPPED,
  /** The older one came late: only that part was executed which the newer one leaves. */
  CUT_DOWN,
  /** The older one came late and was executed, and the newer one again behind it. */
  REDONE,
  /** The newer one came second and replaced what the older one had written. */
  OVERWRITTEN,
  /** The newer one made a value of another type. */
  TYPE_CHANGED,
  /** Order could not be had, so one node's state was taken over. */
  BY_STATE,
  /** The older one slipped in behind a delete, and was removed again. */
  REPAIRED;

  /** As shown to users. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As part of the name of a counter. */
  public String counter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
