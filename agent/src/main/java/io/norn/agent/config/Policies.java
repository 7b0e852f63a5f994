package io.norn.agent.config;

import java.util.Locale;

/**
 * Who wins.
 *
 * @param initialSync whose value a key keeps that both servers had before they knew each other
 * @param conflict how concurrent operations are decided
 */
public record Policies(InitialSync initialSync, Conflict conflict) {

  /** What must be the same on all nodes, as one line. */
  public String shared() {
    return "conflict-policy " + conflict.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whose value counts at the first contact. */
  public enum InitialSync {
    PREFER_LOCAL,
    PREFER_PEER
  }

  /** How concurrent operations are decided. */
  public enum Conflict {
    /** The last operation wins. */
    LWW
  }
}
