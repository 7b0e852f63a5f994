package io.norn.agent.part;

import java.util.Locale;

/** Where a link stands. */
public enum LinkState {
  CONNECTING,
  /** The peer's server runs, but no agent has ever run beside it. */
  WAITING_FOR_AGENT,
  /** The other side merges first; this side follows when it is done. */
  WAITING_FOR_PEER_MERGE,
  /**
   * The peer's server holds our position no more: its stream comes from the journal of an agent.
   */
  CATCHING_UP,
  /** The peer's server cannot be reached from here: its stream comes from an agent that can. */
  RELAYED,
  MERGING,
  STREAMING,
  BROKEN,
  /** The server refuses us: a person has to act. */
  REFUSED,
  /** An operator wants nothing of the peer for now. */
  PAUSED,
  STOPPED;

  /** As shown to users. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
