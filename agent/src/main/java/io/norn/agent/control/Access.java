package io.norn.agent.control;

/** What a client may do. */
public enum Access {
  /** Nothing: it has to authenticate first. */
  NONE,
  /** Look at everything, change nothing. */
  OBSERVE,
  /** The same, and read the streams in the journals: all data, as an agent of a peer does. */
  REPLICATE,
  /** Change peers, read the configuration, stop the agent. */
  ADMIN
}
