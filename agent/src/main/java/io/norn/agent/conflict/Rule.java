package io.norn.agent.conflict;

import java.util.Locale;

/** Why one operation prevailed over another. */
public enum Rule {
  /** The older one was not executed: the newer one replaces all of what it did. */
  SKIPPED,
  /** Of the older one only that part was executed which the newer one leaves. */
  CUT_DOWN,
  /** The older one was executed, and the newer one again behind it. */
  REDONE,
  /** The newer one made a value of another type. */
  TYPE_CHANGED,
  /** Order could not be had, so one node's state was taken over. */
  BY_STATE;

  /** As shown to users. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** As part of the name of a counter. */
  public String counter() {
    return name().toLowerCase(Locale.ROOT);
  }
}
